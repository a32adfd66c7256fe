package io.numclip.host;

import io.numclip.clip.TowerMemory;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.run.PredictionStream;
import io.numclip.host.run.TrainedModel;
import io.numclip.input.Engine;
import io.numclip.input.ImagePixels;
import io.numclip.machine.ProcessorShare;
import io.numclip.model.JointPredictor;
import io.numclip.model.Scoring;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Several trained models at once: an image in, a number of each model out.
 *
 * <pre>{@code
 * try (NumClips models = NumClips.open(List.of(Path.of("runs/age"), Path.of("runs/beauty")))) {
 *     List<Prediction> found = models.predict(Path.of("portrait.jpg"));
 *     System.out.println(found.get(0).value() + ", " + found.get(1).value());
 * }
 * }</pre>
 *
 * <p>Models that were trained on the same frozen CLIP share its weights, and an image goes through them once for all, as long
 * as the models prepare its pixels in the same way. A model whose image tower was trained has a tower of its own, and each
 * image goes through that too. The numbers are those of each model alone, to the last bit. An image is decoded once.
 *
 * <p>Threads, memory and the forms of an image are as for {@link NumClip}.
 */
public final class NumClips implements AutoCloseable {

    private final List<NumClip> members;
    private final OpenModels models;

    private NumClips(List<NumClip> members, Runnable free) {
        this.members = List.copyOf(members);
        JointPredictor together =
                new JointPredictor(members.stream().map(NumClip::predictor).toList());
        this.models = new OpenModels(together, free);
    }

    /** As {@link NumClip#open(Path)}, for several runs; the same run may be named twice. */
    public static NumClips open(List<Path> runs) {
        return open(runs, NumClip.Options.defaults());
    }

    /** As {@link #open(List)}, but for some options, which are those of all models. */
    public static NumClips open(List<Path> runs, NumClip.Options options) {
        return open(runs, PluginHost.of(PluginFolders.fromSystemProperties()).load(), options);
    }

    /**
     * As {@link #open(List)}, with plugins that are loaded already.
     *
     * @param runs at least one
     * @throws NumClipException as {@link NumClip#open(Path)}, for the first that cannot be opened; then none is
     */
    public static NumClips open(List<Path> runs, PluginCatalog catalog, NumClip.Options options) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one run");
        }
        Offline.ensure();
        ProcessorShare.ensure();
        try {
            TrainedModel.Together opened = TrainedModel.openAll(runs, catalog, options.forTrained());
            try {
                return new NumClips(members(runs, opened, options), opened::close);
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<NumClip> members(List<Path> runs, TrainedModel.Together opened, NumClip.Options options) {
        List<NumClip> members = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            members.add(NumClip.of(runs.get(i), opened.models().get(i), options, () -> {}));
        }
        return members;
    }

    /**
     * The models in the order in which they were named; each may be used alone. Closing one lets it predict no more alone; its
     * memory is freed when this object is closed.
     */
    public List<NumClip> models() {
        return members;
    }

    /** How often an image goes through an image tower: once for all models that share one. */
    public int passes() {
        return models.predictor().passes().size();
    }

    /** How many images go through the network together at most: 16, or fewer where memory is short. It changes no number. */
    public int batch() {
        return models.batch();
    }

    /** What the models need of the memory outside Java's heap. */
    public TowerMemory memory() {
        return models.predictor().memory();
    }

    /**
     * @param image an image file
     * @return one for each model
     * @throws NumClipException if it cannot be read; the message names the file and says why
     */
    public List<Prediction> predict(Path image) {
        return models.predict(image);
    }

    /**
     * @param image the content of an image file
     * @return one for each model
     * @throws NumClipException if it cannot be read; the message says why
     */
    public List<Prediction> predict(byte[] image) {
        return models.predict(image);
    }

    /** @return one for each model */
    public List<Prediction> predict(BufferedImage image) {
        return models.predict(image);
    }

    /**
     * As {@link NumClip#predict(List)}.
     *
     * @return for each image one prediction of each model
     */
    public List<List<Prediction>> predict(List<?> images) {
        List<List<Prediction>> predictions = new ArrayList<>(images.size());
        try {
            predict(images, (index, each) -> predictions.add(each));
        } catch (IOException e) {
            throw new IllegalStateException("a list takes every prediction", e);
        }
        return predictions;
    }

    /**
     * As {@link NumClip#predict(List, PredictionStream.Sink)}.
     *
     * @param sink gets one prediction of each model for each image
     */
    public void predict(List<?> images, PredictionStream.Sink<List<Prediction>> sink) throws IOException {
        images.forEach(ImagePixels::requireForm);
        predict(images.iterator(), sink);
    }

    /**
     * As {@link NumClip#predict(Iterator, PredictionStream.Sink)}.
     *
     * @param sink gets one prediction of each model for each image
     */
    public void predict(Iterator<?> images, PredictionStream.Sink<List<Prediction>> sink) throws IOException {
        models.predict(images, sink);
    }

    /**
     * As {@link #predict(Iterator, PredictionStream.Sink)}, for items that come back with what was found in them.
     *
     * @param image of an item, in one of the forms of an image
     */
    public <T> void predict(Iterator<T> items, Function<T, ?> image, Engine.Sink<T, List<Prediction>> sink)
            throws IOException {
        models.predict(items, image, sink);
    }

    /** For an {@link Engine} of one's own, such as a server's. The models must stay open while it works. */
    public Scoring scoring() {
        return models.scoring();
    }

    /** As {@link NumClip#read}: decoded once, and prepared in each way that one of the models needs. */
    public Pixels read(Object image) {
        return models.read(image);
    }

    /**
     * As {@link #read(Object)}, for some of the models. The others do nothing for this image.
     *
     * @param asked indices in {@link #models}
     */
    public Pixels read(Object image, List<Integer> asked) {
        return models.read(image, asked);
    }

    /**
     * As {@link NumClip#predictPixels}.
     *
     * @param images from {@link #read} of this object, not of one of its models
     * @return for each image one prediction of each model that it was read for, in their order; who else is predicted with
     *     it changes no number
     */
    public List<List<Prediction>> predictPixels(List<Pixels> images) {
        return models.predict(images);
    }

    /** As {@link NumClip#warmUp}, for all models. */
    public void warmUp() {
        models.warmUp();
    }

    /** Waits for the predictions that run, and frees the weights. */
    @Override
    public void close() {
        members.forEach(NumClip::close);
        models.close();
    }
}
