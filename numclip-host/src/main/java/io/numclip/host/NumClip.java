package io.numclip.host;

import io.numclip.clip.Precision;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.run.PredictionStream;
import io.numclip.host.run.TrainedModel;
import io.numclip.input.ImagePixels;
import io.numclip.input.PixelBatch;
import io.numclip.model.NumClipPredictor;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.IntervalForm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

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
 * <p>Images are JPEG or PNG: a {@link Path} of a file, a {@code byte[]} with the content of one, a {@link BufferedImage}, or
 * an {@link io.numclip.data.ImageSource}.
 */
public final class NumClip implements AutoCloseable {

    private final TrainedModel model;
    private final NumClipPredictor predictor;
    private final Queue<ByteBuffer> memory =
            new ConcurrentLinkedQueue<>(); // one image each, as many as threads at once
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    private NumClip(TrainedModel model, NumClipPredictor predictor) {
        this.model = model;
        this.predictor = predictor;
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
     *     whose group is not known has the widest interval of all groups
     */
    public record Options(
            String device,
            Precision precision,
            @Nullable String backbone,
            @Nullable IntervalForm interval,
            @Nullable Double abstainAbove,
            Map<String, String> attributes) {

        public Options {
            attributes = Map.copyOf(attributes);
        }

        /** The first GPU, else the CPU; everything else as the training was told. */
        public static Options defaults() {
            return new Options("auto", Precision.AUTO, null, null, null, Map.of());
        }

        public Options withDevice(String device) {
            return new Options(device, precision, backbone, interval, abstainAbove, attributes);
        }

        public Options withPrecision(Precision precision) {
            return new Options(device, precision, backbone, interval, abstainAbove, attributes);
        }

        public Options withBackbone(Path directory) {
            return new Options(device, precision, directory.toString(), interval, abstainAbove, attributes);
        }

        public Options withInterval(IntervalForm form) {
            return new Options(device, precision, backbone, form, abstainAbove, attributes);
        }

        public Options withAbstainAbove(double width) {
            return new Options(device, precision, backbone, interval, width, attributes);
        }

        public Options withAttributes(Map<String, String> ofAllImages) {
            return new Options(device, precision, backbone, interval, abstainAbove, ofAllImages);
        }
    }

    /**
     * Opens a run as it was trained, with the plugins of {@link PluginFolders#fromSystemProperties}.
     *
     * @param run a folder that {@code numclip train} has written, or the {@code model} folder in it
     * @throws NumClipException if there is no model, its CLIP has changed, a plugin that it needs is not there, or the device
     *     cannot be had; the message says which, and {@link NumClipException#fix} what to do
     * @throws UncheckedIOException if a file cannot be read
     */
    public static NumClip open(Path run) {
        return open(run, Options.defaults());
    }

    /** As {@link #open(Path)}, but for some options. */
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
        try {
            TrainedModel model = TrainedModel.open(
                    run, catalog, new TrainedModel.Options(options.device(), options.precision(), options.backbone()));
            try {
                return new NumClip(model, shown(run, model.predictor(), options));
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NumClipPredictor shown(Path run, NumClipPredictor predictor, Options options) {
        IntervalForm interval = options.interval();
        Double abstainAbove = options.abstainAbove();
        if (interval == null && abstainAbove == null && options.attributes().isEmpty()) {
            return predictor;
        }
        Calibration known = predictor
                .calibration()
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.USAGE,
                        run + ": the model is not calibrated, so its predictions have no intervals",
                        "ask for no interval and no abstention, or train with uncertainty.calibration above 0"));
        Calibration shown = known.shownAs(
                interval == null ? known.interval() : interval,
                abstainAbove == null ? known.abstainAbove() : abstainAbove);
        return predictor.calibrated(shown, options.attributes());
    }

    /**
     * @param image a JPEG or PNG file
     * @throws NumClipException if it cannot be read; the message names the file and says why
     */
    public Prediction predict(Path image) {
        return predictOne(image, image.toString());
    }

    /**
     * @param image the content of a JPEG or PNG file
     * @throws NumClipException if it cannot be read; the message says why
     */
    public Prediction predict(byte[] image) {
        return predictOne(image, "the image");
    }

    public Prediction predict(BufferedImage image) {
        return predictOne(image, "the image");
    }

    private Prediction predictOne(Object image, String name) {
        try {
            return whileOpen(() -> predictOne(new ImagePixels(List.of(image), predictor.preprocessor())));
        } catch (IOException e) {
            throw unreadable(image, name, e);
        }
    }

    private Prediction predictOne(ImagePixels image) throws IOException {
        ByteBuffer known = memory.poll();
        ByteBuffer room = known == null ? PixelBatch.allocate(image.preprocessor(), 1) : known;
        try {
            return predictor.predict(PixelBatch.read(image, room)).get(0);
        } finally {
            memory.add(room);
        }
    }

    private static NumClipException unreadable(Object image, String name, IOException failure) {
        boolean absent = image instanceof Path file && !Files.exists(file);
        return new NumClipException(
                absent ? NumClipException.Kind.MISSING : NumClipException.Kind.DATA,
                name + ": " + failure.getMessage(),
                absent ? "check the path" : "give a JPEG or PNG that is whole",
                failure);
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
    public void predict(List<?> images, PredictionStream.Sink sink) throws IOException {
        whileOpen(() -> {
            new PredictionStream(new ImagePixels(images, predictor.preprocessor()), predictor::predict).run(sink);
            return true;
        });
    }

    /** Of the model's numbers, with their unit. */
    public LabelScale scale() {
        return model.scale();
    }

    /** The number concepts, in the order of the scale. */
    public Bins bins() {
        return predictor.model().concepts();
    }

    /** Whether predictions say how sure they are. */
    public boolean isCalibrated() {
        return predictor.calibration().isPresent();
    }

    /** What strange images are told by; empty if the model cannot tell them. */
    public Optional<FamiliarImages> familiar() {
        return predictor.familiar();
    }

    NumClipPredictor predictor() {
        return predictor;
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    private <T> T whileOpen(Reading<T> prediction) throws IOException {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this model is closed");
            }
            return prediction.run();
        } finally {
            open.readLock().unlock();
        }
    }

    /** Waits for the predictions that run, and frees the weights. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
