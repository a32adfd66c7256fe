package io.numclip.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.clip.tower.TextTower;
import io.numclip.data.NumClipException;
import io.numclip.image.Background;
import io.numclip.input.Budget;
import io.numclip.input.Engine;
import io.numclip.input.ImageWork;
import io.numclip.input.PixelBatch;
import io.numclip.input.PixelPool;
import io.numclip.input.PixelWork;
import io.numclip.machine.MachineMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embeddings of a CLIP model as it is: D numbers for a text, and for an image unless others are chosen; not normalised. One
 * instance serves any number of threads with one copy of the weights, and numbers depend neither on threads nor on what is
 * embedded together.
 */
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
    private final ReadWriteLock open;
    private volatile boolean closed;

    private ClipEmbeddings(
            ImageTower imageTower,
            @Nullable TextTower textTower,
            PixelPool pool,
            @Nullable ClipTokenizer tokenizer,
            ReadWriteLock open) {
        this.imageTower = imageTower;
        this.textTower = textTower;
        this.tokenizer = tokenizer;
        this.pool = pool;
        this.open = open;
    }

    /** An image's file and its embedding. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record ImageEmbedding(String file, float[] embedding) {}

    /** A text, its token ids with start and end, and its D numbers. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once to JSON, never compared
    public record TextEmbedding(String text, long[] ids, float[] embedding) {}

    /**
     * Opens a CLIP on the first GPU, else on the processor, in the precision that is fastest there; alpha is dropped.
     *
     * @param directory with both towers, in the layout of transformers or OpenCLIP
     * @throws NumClipException if it is missing or damaged, or has an image tower only
     */
    public static ClipEmbeddings open(Path directory) throws IOException {
        return open(new ModelSource.Directory(directory), "auto", Precision.AUTO, Background.NONE);
    }

    /**
     * @param model {@code embedded}, {@code pixels}, or a Hugging Face CLIP directory
     * @param device {@code auto}, {@code cpu} or {@code cuda:N}
     * @param background of transparent images
     * @throws NumClipException as {@link #open(Path)}
     */
    public static ClipEmbeddings open(String model, String device, Precision precision, Background background)
            throws IOException {
        return open(ModelSource.parse(model), device, precision, background);
    }

    private static ClipEmbeddings open(ModelSource model, String device, Precision precision, Background background)
            throws IOException {
        Path directory = model.directory();
        if (!ClipDirectory.config(directory).hasText()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    directory + ": has an image tower only, and reads no texts",
                    "Ask for no texts (openForImages, no --text), or name a model with both towers.");
        }
        PixelPool pool = pool(directory, background);
        ClipTokenizer tokenizer = ClipTokenizer.load(directory);
        try {
            ClipBackbone backbone = ClipBackbone.load(directory, Devices.parse(device), precision);
            return new ClipEmbeddings(
                    backbone.imageTower(), backbone.textTower(), pool, tokenizer, new ReentrantReadWriteLock());
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Opens a CLIP without its text tower; {@link #texts} cannot be used. */
    public static ClipEmbeddings openForImages(String model, String device, Precision precision, Background background)
            throws IOException {
        Path directory = ModelSource.parse(model).directory();
        PixelPool pool = pool(directory, background);
        ImageTower imageTower = ImageTower.load(directory, Devices.parse(device), precision);
        return new ClipEmbeddings(imageTower, null, pool, null, new ReentrantReadWriteLock());
    }

    private static PixelPool pool(Path directory, Background background) throws IOException {
        return new PixelPool(List.of(ClipDirectory.preprocessor(directory).on(background)));
    }

    /** The same of images in other features, to be used in the place of this one. */
    public ClipEmbeddings giving(FeatureLayout.Choice features) {
        return new ClipEmbeddings(imageTower.giving(features), textTower, pool, tokenizer, open);
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

    /** Told of what was found of each image, in the order of the images. */
    @FunctionalInterface
    public interface Sink {
        /** @param index of the image, from 0 */
        void found(int index, Embedded embedded) throws IOException;
    }

    /** The work for an {@link Engine}, or for a caller with threads of its own; it ends before this is closed. */
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
     * The embeddings of images, {@link #batch} of them at a time.
     *
     * @param images each in one of the forms of {@link ImagePixels}
     * @return one for each, in their order; one that cannot be read has a problem
     */
    public List<Embedded> images(List<?> images) throws IOException {
        List<Embedded> all = new ArrayList<>();
        images(images, batch(), (index, embedded) -> all.add(embedded));
        return all;
    }

    /**
     * Reads images ahead of the image tower; memory does not grow with their number.
     *
     * @param images each in one of the forms of {@link ImagePixels}
     * @return what was used for it
     */
    public Budget images(List<?> images, int batchSize, Sink found) throws IOException {
        open.readLock().lock();
        try {
            requireOpen();
            Budget budget = Budget.of(imageTower, batchSize, images.size());
            try (Engine<Embedded> engine = new Engine<>(work(), budget)) {
                AtomicInteger index = new AtomicInteger();
                engine.run(
                        images.iterator(),
                        image -> image,
                        List.of(),
                        (image, embedded) -> found.found(index.getAndIncrement(), embedded));
            }
            return budget;
        } finally {
            open.readLock().unlock();
        }
    }

    /** The embeddings of texts, in their order. What is longer than the context is cut off, with a warning in the log. */
    public List<TextEmbedding> texts(List<String> texts) {
        open.readLock().lock();
        try {
            requireOpen();
            return texts.isEmpty() ? List.of() : embedded(texts);
        } finally {
            open.readLock().unlock();
        }
    }

    private List<TextEmbedding> embedded(List<String> texts) {
        if (tokenizer == null) {
            throw new IllegalStateException("these embeddings were opened for images; texts need ClipEmbeddings.open");
        }
        ClipTokenizer words = tokenizer;
        texts.forEach(text -> warnIfCut(text, words));
        List<long[]> ids = texts.stream().map(words::encode).toList();
        Map<Integer, List<Integer>> byLength =
                IntStream.range(0, ids.size()).boxed().collect(Collectors.groupingBy(place -> ids.get(place).length));
        float[][] embeddings = new float[ids.size()][];
        byLength.values().forEach(places -> {
            for (int start = 0; start < places.size(); start += USUAL_BATCH) {
                List<Integer> some = places.subList(start, Math.min(places.size(), start + USUAL_BATCH));
                List<float[]> found = encoded(some.stream().map(ids::get).toList(), words);
                for (int i = 0; i < some.size(); i++) {
                    embeddings[some.get(i)] = found.get(i);
                }
            }
        });
        return IntStream.range(0, ids.size())
                .mapToObj(i -> new TextEmbedding(texts.get(i), ids.get(i), embeddings[i]))
                .toList();
    }

    /** @param ids K texts of the same length L, so none needs padding, which would change last bits */
    private List<float[]> encoded(List<long[]> ids, ClipTokenizer words) {
        try (NDManager manager = imageTower.manager().newSubManager()) {
            long[] all = ids.stream().flatMapToLong(Arrays::stream).toArray();
            NDArray tokens = manager.create(all, new Shape(ids.size(), all.length / ids.size())); // (K, L)
            NDArray ends =
                    manager.create(ids.stream().mapToLong(words::pooledPosition).toArray()); // (K)
            NDArray features = Objects.requireNonNull(textTower).encodeTokens(tokens, ends, false); // (K, D)
            float[] rows = features.toFloatArray();
            int width = rows.length / ids.size();
            return IntStream.range(0, ids.size())
                    .mapToObj(i -> Arrays.copyOfRange(rows, i * width, (i + 1) * width))
                    .toList();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("these embeddings are closed");
        }
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

    /** Waits for the calls that run, and frees the weights. */
    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                if (tokenizer != null) {
                    tokenizer.close();
                }
                imageTower.close();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
