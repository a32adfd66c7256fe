package io.numclip.host.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.clip.tower.TextTower;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.Devices;
import io.numclip.image.Background;
import io.numclip.input.Budget;
import io.numclip.input.Engine;
import io.numclip.input.ImageWork;
import io.numclip.input.PixelBatch;
import io.numclip.input.PixelPool;
import io.numclip.input.PixelWork;
import io.numclip.machine.MachineMemory;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embeddings of a CLIP model as it is: D numbers for a text, and for an image unless others are chosen; not normalised. */
public final class ClipEmbeddings implements AutoCloseable {

    /** The number of images that are encoded together where there is enough memory. */
    public static final int USUAL_BATCH = 32;

    private static final Logger LOGGER = LoggerFactory.getLogger(ClipEmbeddings.class);
    private static final int MOST_SHOWN = 40; // characters of a text

    private final ImageTower imageTower;
    private final @Nullable TextTower textTower;
    private final @Nullable ClipTokenizer tokenizer;
    private final PixelPool pool;
    private final LongAdder towerNanos = new LongAdder();

    private ClipEmbeddings(
            ImageTower imageTower, @Nullable TextTower textTower, PixelPool pool, @Nullable ClipTokenizer tokenizer) {
        this.imageTower = imageTower;
        this.textTower = textTower;
        this.tokenizer = tokenizer;
        this.pool = pool;
    }

    private static PixelPool pool(ClipPreprocessor preprocessor) {
        return new PixelPool(List.of(preprocessor));
    }

    /** An image's file and its embedding. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record ImageEmbedding(String file, float[] embedding) {}

    /** A text, its token ids with start and end, and its D numbers. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record TextEmbedding(String text, long[] ids, float[] embedding) {}

    /**
     * @param model {@code embedded}, {@code pixels}, or a Hugging Face CLIP directory
     * @param background of transparent images
     */
    public static ClipEmbeddings open(String model, String device, Precision precision, Background background)
            throws IOException {
        Path directory = ModelSource.parse(model).directory();
        if (!ClipDirectory.config(directory).hasText()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    directory + ": has an image tower only, and reads no texts",
                    "Leave --text out, or name a model with both towers.");
        }
        ClipBackbone backbone = ClipBackbone.load(directory, Devices.parse(device), precision);
        ClipTokenizer tokenizer = ClipTokenizer.load(directory);
        return new ClipEmbeddings(
                backbone.imageTower(),
                backbone.textTower(),
                pool(ClipDirectory.preprocessor(directory).on(background)),
                tokenizer);
    }

    /** Opens a CLIP without its text tower; {@link #texts} cannot be used. */
    public static ClipEmbeddings openForImages(String model, String device, Precision precision, Background background)
            throws IOException {
        Path directory = ModelSource.parse(model).directory();
        ImageTower imageTower = ImageTower.load(directory, Devices.parse(device), precision);
        return new ClipEmbeddings(
                imageTower, null, pool(ClipDirectory.preprocessor(directory).on(background)), null);
    }

    /** The same of images in other features, to be used in the place of this one. */
    public ClipEmbeddings giving(FeatureLayout.Choice features) {
        return new ClipEmbeddings(imageTower.giving(features), textTower, pool, tokenizer);
    }

    /** The image tower of a trained model, which gives what the heads get. Closing this closes the model's tower. */
    public static ClipEmbeddings of(TrainedModel model) {
        NumClipPredictor predictor = model.predictor();
        return new ClipEmbeddings(predictor.model().imageTower(), null, pool(predictor.preprocessor()), null);
    }

    /**
     * What was found of an image.
     *
     * @param features null where there is a problem
     * @param problem why the image cannot be read; null where there are features
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
    public record Embedded(
            float @Nullable [] features, @Nullable String problem) {}

    /** The work for an {@link Engine}, or for a caller with threads of its own. */
    public ImageWork<Embedded> work() {
        return new PixelWork<>(pool, this::embedded, problem -> new Embedded(null, problem));
    }

    private List<Embedded> embedded(PixelBatch batch) {
        long start = System.nanoTime();
        FeatureLayout layout = imageTower.layout();
        try {
            return batch.encoded(imageTower).stream()
                    .map(row -> new Embedded(Arrays.copyOfRange(row, layout.headStart(), row.length), null))
                    .toList();
        } finally {
            towerNanos.add(System.nanoTime() - start);
        }
    }

    /** How long the image tower has worked so far, the time of all workers together. */
    public double towerSeconds() {
        return towerNanos.sum() / 1e9;
    }

    /** The precision inside the image tower, as chosen for this machine where {@code auto} was asked for. */
    public Precision precision() {
        return imageTower.precision();
    }

    /** The length of an image's embedding. */
    public int dimension() {
        return imageTower.layout().headWidth();
    }

    /** How many images are best encoded together: {@value #USUAL_BATCH}, or fewer where memory is short. */
    public int batch() {
        return Budget.fittingBatch(USUAL_BATCH, imageTower.memory(), MachineMemory.read(), 1);
    }

    /**
     * Reads images ahead of the image tower.
     *
     * @param images each in one of the forms of {@link ImagePixels}
     * @param found called in the order of the images
     * @return what was used for it
     */
    public Budget images(List<?> images, int batchSize, PredictionStream.Sink<Embedded> found) throws IOException {
        Budget budget = Budget.of(imageTower, batchSize, images.size());
        try (Engine<Embedded> engine = new Engine<>(work(), budget)) {
            AtomicInteger index = new AtomicInteger();
            engine.run(
                    images.iterator(),
                    image -> image,
                    List.of(),
                    (image, embedded) -> found.predicted(index.getAndIncrement(), embedded));
        }
        return budget;
    }

    public List<TextEmbedding> texts(List<String> texts) {
        List<TextEmbedding> embeddings = new ArrayList<>();
        for (String text : texts) {
            ClipTokenizer words = Objects.requireNonNull(tokenizer, "opened for images");
            warnIfCut(text, words);
            long[] ids = words.encode(text);
            try (NDManager manager = imageTower.manager().newSubManager()) {
                NDArray tokens = manager.create(ids, new Shape(1, ids.length)); // (1, L)
                NDArray end = manager.create(new long[] {words.pooledPosition(ids)}); // (1)
                NDArray features = Objects.requireNonNull(textTower).encodeTokens(tokens, end, false); // (1, D)
                embeddings.add(new TextEmbedding(text, ids, features.toFloatArray()));
            }
        }
        return embeddings;
    }

    private static void warnIfCut(String text, ClipTokenizer words) {
        int length = words.wholeLength(text);
        if (length > words.contextLength()) {
            LOGGER.warn(
                    "'{}…' has {} tokens; the text tower reads {}, and the rest is cut off",
                    text.substring(0, Math.min(text.length(), MOST_SHOWN)),
                    length,
                    words.contextLength());
        }
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
        imageTower.close();
    }
}
