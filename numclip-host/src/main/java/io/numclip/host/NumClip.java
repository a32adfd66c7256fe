package io.numclip.host;

import io.numclip.clip.Precision;
import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.RefusedSettingException;
import io.numclip.data.Region;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.run.ExportedModels;
import io.numclip.host.run.PredictionStream;
import io.numclip.host.run.TrainedModel;
import io.numclip.host.run.WordModel;
import io.numclip.input.EngineListener;
import io.numclip.machine.ProcessorShare;
import io.numclip.model.ImagePredictor;
import io.numclip.model.JointPredictor;
import io.numclip.model.NumClipPredictor;
import io.numclip.storage.RememberedDigest;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.HeldOutDistances;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.UncertaintyConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained model for an application: images in, numbers out.
 *
 * <pre>{@code
 * try (NumClip model = NumClip.open(Path.of("runs/faces"))) {
 *     Prediction age = model.predict(Path.of("portrait.jpg"));
 *     System.out.println(age.value() + " " + model.scale().unit());
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One instance serves any number of threads; they share one copy of the weights. A prediction is the same
 * on every thread. {@link #close} waits for the predictions that run.
 *
 * <p><b>Cost.</b> Opening reads the weights of the image tower, once: about a second for a ViT-B/32, and 0.2 GB of memory in
 * bfloat16 or 0.4 GB in float32. Open a model once and keep it. A prediction holds a decoded image while it runs, at most
 * 150 MB, and nothing afterwards.
 *
 * <p><b>What it never does.</b> It opens no network connection. It writes no file but in its cache, {@code ~/.cache/numclip}
 * or where the system property {@code numclip.cache} says: the embedded CLIP, fingerprints of CLIPs. DJL
 * unpacks its native library to {@code ~/.djl.ai}, or where {@code DJL_CACHE_DIR} says. It logs with SLF4J and brings no
 * logging back end.
 *
 * <p>Images are JPEG, PNG, GIF (the first frame), BMP, WebP or TIFF: a {@link Path} of a file, a {@code byte[]} with the
 * content of one, a {@link BufferedImage}, an {@link io.numclip.data.ImageSource}, or an {@link io.numclip.data.ImageRegion}
 * of one of these.
 */
public final class NumClip implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(NumClip.class);

    private final Path path;
    private final Supplier<String> digest;
    private final Supplier<List<String>> changes;
    private final ImagePredictor predictor;
    private final NumClips models;

    private NumClip(
            Path path,
            Supplier<String> digest,
            Supplier<List<String>> changes,
            ImagePredictor predictor,
            Runnable free) {
        this.path = path;
        this.digest = digest;
        this.changes = changes;
        this.predictor = predictor;
        this.models = new NumClips(List.of(), new JointPredictor(List.of(predictor)), free);
    }

    /**
     * Where and how a model runs.
     *
     * @param device {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code cuda} or {@code cuda:N}
     * @param precision of the arithmetic inside the image tower
     * @param backbone the CLIP that the model was trained on, where it was moved since; null: where it was at training
     * @param interval which interval predictions have; null: as the training was told
     * @param abstainAbove predictions with a wider interval are marked, 0 marks none; null: as the training was told
     * @param attributes of all images, such as {@code sex: female}, for intervals by group or for a known shift; an image
     *     whose group is not known has the widest interval of all groups. Others than {@link NumClip#attributes} change
     *     nothing
     * @param explained whether predictions say how they came about: {@link Prediction#explanation}
     */
    public record Options(
            String device,
            Precision precision,
            @Nullable String backbone,
            @Nullable IntervalForm interval,
            @Nullable Double abstainAbove,
            Map<String, String> attributes,
            boolean explained) {

        /** @throws NumClipException if the width is negative or not finite */
        public Options {
            attributes = Map.copyOf(attributes);
            if (abstainAbove != null) {
                check(abstainAbove);
            }
        }

        private static void check(double abstainAbove) {
            try {
                UncertaintyConfig.checkAbstainAbove(abstainAbove);
            } catch (RefusedSettingException e) {
                throw new NumClipException(
                        NumClipException.Kind.USAGE,
                        String.valueOf(e.getMessage()),
                        "give a width in the unit of the scale, or 0 to mark none",
                        e);
            }
        }

        /** The first GPU, else the CPU; everything else as the training was told. */
        public static Options defaults() {
            return new Options("auto", Precision.AUTO, null, null, null, Map.of(), false);
        }

        /** @throws NumClipException if an exported file cannot do what is asked, or cannot be opened */
        ImagePredictor openFile(Path file) {
            refusal().ifPresent(what -> {
                throw new NumClipException(
                        NumClipException.Kind.USAGE,
                        file
                                + ": an exported model runs in float32 on the CPU, with the CLIP that is in it, and explains"
                                + " nothing; asked for: " + what,
                        "leave it out, or give the run that the file was exported from");
            });
            return ExportedModels.find(file).open(file);
        }

        /** What is asked for that an exported file cannot do. */
        private Optional<String> refusal() {
            List<String> asked = new ArrayList<>();
            if (!Set.of("auto", "cpu").contains(device)) {
                asked.add("device " + device);
            }
            if (precision != Precision.AUTO && precision != Precision.FP32) {
                asked.add("precision " + precision);
            }
            if (backbone != null) {
                asked.add("another CLIP");
            }
            if (explained) {
                asked.add("explanations");
            }
            return asked.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", asked));
        }

        TrainedModel.Options forTrained() {
            return new TrainedModel.Options(device, precision, backbone);
        }

        public Options withDevice(String device) {
            return new Options(device, precision, backbone, interval, abstainAbove, attributes, explained);
        }

        public Options withPrecision(Precision precision) {
            return new Options(device, precision, backbone, interval, abstainAbove, attributes, explained);
        }

        public Options withBackbone(Path directory) {
            return new Options(device, precision, directory.toString(), interval, abstainAbove, attributes, explained);
        }

        public Options withInterval(IntervalForm form) {
            return new Options(device, precision, backbone, form, abstainAbove, attributes, explained);
        }

        public Options withAbstainAbove(double width) {
            return new Options(device, precision, backbone, interval, width, attributes, explained);
        }

        public Options withExplanations() {
            return new Options(device, precision, backbone, interval, abstainAbove, attributes, true);
        }

        public Options withAttributes(Map<String, String> ofAllImages) {
            return new Options(device, precision, backbone, interval, abstainAbove, ofAllImages, explained);
        }
    }

    /**
     * Opens a run as it was trained, with the plugins of {@link PluginFolders#fromSystemProperties}.
     *
     * @param run a folder that {@code numclip train} has written, or the {@code model} folder in it; with {@code numclip-onnx}
     *     also a file of {@code numclip export RUN --to onnx}, which needs no libtorch
     * @throws NumClipException if there is no model, its CLIP has changed, a plugin that it needs is not there, or the device
     *     cannot be had; the message says which, and {@link NumClipException#fix} what to do
     * @throws UncheckedIOException if a file cannot be read
     */
    public static NumClip open(Path run) {
        return open(run, Options.defaults());
    }

    /** Opens a model as {@link #open(Path)} does, but for some options. */
    public static NumClip open(Path run, Options options) {
        return open(run, PluginHost.of(PluginFolders.fromSystemProperties()).load(), options);
    }

    /**
     * As {@link #open(Path)}, with plugins that are loaded already; {@link PluginHost} loads those of a folder.
     *
     * @param catalog may serve any number of models
     */
    public static NumClip open(Path run, PluginCatalog catalog, Options options) {
        Offline.ensure();
        ProcessorShare.ensure();
        try {
            if (ExportedModels.isOne(run)) {
                ImagePredictor file = options.openFile(run);
                return closing(file::close, () -> of(run, file, options, file::close));
            }
            TrainedModel model = TrainedModel.open(run, catalog, options.forTrained());
            return closing(model::close, () -> of(run, model, options, model::close));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a model that has learned from no image: the words of a recipe, and a CLIP that is not trained on its question. What
     * predictions say of themselves was not measured: {@link io.numclip.data.Uncertainty#fromWords}.
     *
     * @param recipe the name of a task that comes with one, such as {@code age}, or the path of a YAML file
     * @param options {@link Options#backbone} is the CLIP; null: that of the recipe
     * @throws NumClipException as a training of the recipe would
     * @throws UncheckedIOException if a file cannot be read
     */
    public static NumClip ofRecipe(String recipe, Options options) {
        return ofWords(options, catalog -> WordModel.ofRecipe(recipe, catalog, options.backbone()));
    }

    /**
     * As {@link #ofRecipe}, for a scale of one's own.
     *
     * @param words lowest first, each with the number that it stands for, such as {@code unripe=0, ripe=4, overripe=8}
     * @param unit plural noun, such as {@code days}
     * @param options {@link Options#backbone} is the CLIP; null: the embedded one, which knows few words
     * @throws NumClipException if the words or the CLIP cannot be used
     */
    public static NumClip ofWords(String words, String unit, Options options) {
        return ofWords(options, catalog -> WordModel.ofWords(words, unit, catalog, options.backbone()));
    }

    private interface Making {
        Path make(PluginCatalog catalog) throws IOException;
    }

    private static NumClip ofWords(Options options, Making folder) {
        Offline.ensure();
        ProcessorShare.ensure();
        PluginCatalog catalog =
                PluginHost.of(PluginFolders.fromSystemProperties()).load();
        try {
            return open(folder.make(catalog), catalog, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param free called where what is opened fails */
    static <T> T closing(Runnable free, Supplier<T> opened) {
        try {
            return opened.get();
        } catch (RuntimeException e) {
            free.run();
            throw e;
        }
    }

    /**
     * An exported file.
     *
     * @param free called when the model is closed
     */
    static NumClip of(Path file, ImagePredictor model, Options options, Runnable free) {
        return new NumClip(file, () -> digest(file), ModelChanges.ofFile(file), shown(file, model, options), free);
    }

    /** Remembered by the file's attributes: reading a third of a gigabyte takes longer than a hundred images. */
    private static String digest(Path file) {
        try {
            return RememberedDigest.usual().of(List.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param free called when the model is closed */
    static NumClip of(Path run, TrainedModel model, Options options, Runnable free) {
        NumClipPredictor predictor = (NumClipPredictor) shown(run, model.predictor(), options);
        Precision precision = predictor.model().imageTower().precision();
        if (!model.fits(precision)) {
            LOGGER.warn("{}: trained on features in int8; its numbers for those in {} differ a little", run, precision);
        }
        return new NumClip(
                run,
                model::digest,
                () -> ModelChanges.ofRun(run, model.digest()),
                options.explained() ? predictor.explaining(model.words().get()) : predictor,
                free);
    }

    private static ImagePredictor shown(Path run, ImagePredictor predictor, Options options) {
        IntervalForm interval = options.interval();
        Double abstainAbove = options.abstainAbove();
        if (interval == null && abstainAbove == null && options.attributes().isEmpty()) {
            return predictor;
        }
        Calibration shown = predictor
                .calibration()
                .orElseThrow(() -> Calibration.missing(run))
                .shownAs(interval, abstainAbove);
        shown.doubt(options.attributes()).ifPresent(doubt -> LOGGER.warn("{}: {}", run, doubt));
        return predictor.calibrated(shown, options.attributes());
    }

    /**
     * @param image an image file
     * @throws NumClipException if it cannot be read; the message names the file and says why
     */
    public Prediction predict(Path image) {
        return models.predict(image).get(0);
    }

    /**
     * @param image the content of an image file
     * @throws NumClipException if it cannot be read; the message says why
     */
    public Prediction predict(byte[] image) {
        return models.predict(image).get(0);
    }

    public Prediction predict(BufferedImage image) {
        return models.predict(image).get(0);
    }

    /**
     * @param image in one of the forms above
     * @param region of the upright image, as a user sees it; what is seen around it is as the training was told with
     *     {@code task.data.regionMargin}
     * @throws NumClipException if the image cannot be read, or the region does not lie in it; the message says why
     */
    public Prediction predict(Object image, Region region) {
        return models.predict(image, region).get(0);
    }

    /**
     * What the model sees of an image before it is resized: upright, cut to its region with the model's margin, on the model's
     * background.
     *
     * @param image in one of the forms above
     * @throws NumClipException if it cannot be read; the message says why
     */
    public BufferedImage seen(Object image) {
        try {
            return predictor.preprocessor().seen(ImagePixels.rows(image)).toImage();
        } catch (IOException failure) {
            throw CarefulReading.unreadable(image, failure);
        }
    }

    /**
     * Reads images on several threads while the network works on others.
     *
     * @param images each in one of the forms above, also mixed
     * @return one for each image, in order; of an image that cannot be read {@link Prediction#isFailed} is true
     * @throws IllegalArgumentException if an image has none of the forms
     */
    public List<Prediction> predict(List<?> images) {
        List<Prediction> predictions = new ArrayList<>(images.size());
        try {
            predict(images, (index, prediction) -> predictions.add(prediction));
        } catch (IOException e) {
            throw new IllegalStateException("a list takes every prediction", e);
        }
        return predictions;
    }

    /**
     * As {@link #predict(List)}, one prediction at a time: memory does not grow with the images.
     *
     * @throws IOException if the sink fails
     */
    public void predict(List<?> images, PredictionStream.Sink<Prediction> sink) throws IOException {
        images.forEach(ImagePixels::requireForm);
        predict(images.iterator(), sink);
    }

    /**
     * As {@link #predict(List, PredictionStream.Sink)}, for images that nobody needs to list before.
     *
     * @param images asked for on the calling thread, at most three batches of 16 for each processor ahead of the sink; what it
     *     throws ends the call
     * @throws IllegalArgumentException at an image that has none of the forms
     */
    public void predict(Iterator<?> images, PredictionStream.Sink<Prediction> sink) throws IOException {
        models.predict(images, (index, predictions) -> sink.predicted(index, predictions.get(0)));
    }

    /**
     * Decodes an image on the calling thread, for {@link #predictPixels}: for a server that puts batches together itself.
     *
     * @param image in one of the forms above
     * @return to be closed
     * @throws NumClipException if it cannot be read; the message says why
     */
    public Pixels read(Object image) {
        return models.read(image);
    }

    /**
     * Sends images through the network together, 16 at a time, or fewer where memory is short.
     *
     * @param images from {@link #read} of this model; they may be used again
     * @return one for each image, in order
     */
    public List<Prediction> predictPixels(List<Pixels> images) {
        return models.predictPixels(images).stream().map(each -> each.get(0)).toList();
    }

    /**
     * Predicts a picture of its own a few times, so that the first prediction of an application is as fast as those after it:
     * classes are loaded and native kernels are chosen. Call it before a service says that it is ready.
     */
    public void warmUp() {
        models.warmUp();
    }

    /** The name of the run's folder. */
    public String name() {
        return ExportedModels.name(path);
    }

    /**
     * Says which model it is, wherever it lies: the SHA-256, in hex, of the file {@code model/manifest.json}, which has those
     * of all files of the model. For a model of an earlier version, without this file: of the one it would have; for an
     * exported file: its own.
     */
    public String digest() {
        return digest.get();
    }

    /**
     * What differs in the model's folder, or file, from what was opened, a sentence for each file; nothing if it is unchanged. This
     * model predicts on as it was opened, but the next start would fail, or give other numbers.
     */
    public List<String> changes() {
        return changes.get();
    }

    /**
     * Tells somebody how long images and batches take and what is found, for meters of an application.
     *
     * @param listener in place of the one before; called by the threads that work. What is found in an image is a list of one
     */
    public void tell(EngineListener<List<Prediction>> listener) {
        models.tell(listener);
    }

    /** The scale of the model's numbers, with its unit. */
    public LabelScale scale() {
        return predictor.scale();
    }

    /** The number concepts, in the order of the scale. */
    public Bins bins() {
        return predictor.concepts();
    }

    /** Whether it has learned from no image, and nothing about its predictions was measured. */
    public boolean isFromWords() {
        return predictor.isFromWords();
    }

    /** Whether predictions say how sure they are, by what was measured. */
    public boolean isCalibrated() {
        return predictor.calibration().isPresent();
    }

    /** The share of labels that intervals are made to contain; empty if predictions do not say how sure they are. */
    public Optional<Double> coverage() {
        return predictor.calibration().map(Calibration::coverage);
    }

    /** Names of the attributes that intervals of this model depend on, in one of their forms. */
    public SortedSet<String> attributes() {
        return predictor.calibration().map(Calibration::attributes).orElseGet(TreeSet::new);
    }

    /** What the model decides on, as the training was told with {@code uncertainty.cuts}; {@link Prediction#decisions}. */
    public List<Cut> cuts() {
        return predictor.calibration().map(Calibration::cuts).orElse(List.of());
    }

    /**
     * How much of a picture is seen around a region of it: a share of the region's size, on each side as far as the picture
     * goes. As the training was told with {@code task.data.regionMargin}.
     */
    public double regionMargin() {
        return predictor.preprocessor().regionMargin();
    }

    /**
     * What found the regions of pictures that it was trained on; empty if there was nothing. It knows such regions, and not whole
     * pictures.
     *
     * @param catalog has the plugin of the finder
     * @return to be closed
     * @throws NumClipException if there is no such plugin, or a file that the finder needs is not in its place
     */
    public Optional<RegionSearch> regionSearch(PluginCatalog catalog) {
        return ExportedModels.isOne(path)
                ? predictor.regions().map(settings -> RegionSearch.open(path, settings, catalog))
                : RegionSearch.ofRun(path, catalog);
    }

    /** What strange images are told by; empty if the model cannot tell them, or is an exported file. */
    public Optional<FamiliarImages> familiar() {
        return predictor.familiar().filter(FamiliarImages::canTell);
    }

    /** How far ordinary images lie from those of the training; empty if the model cannot tell strange ones. */
    public Optional<HeldOutDistances> heldOut() {
        return predictor.heldOut();
    }

    ImagePredictor predictor() {
        return predictor;
    }

    /**
     * Waits for the predictions that run, and frees the weights, unless it belongs to a {@link NumClips}. Of a model that nobody
     * refers to any more they are freed at some later garbage collection, which may be long after memory is short.
     */
    @Override
    public void close() {
        models.close();
    }
}
