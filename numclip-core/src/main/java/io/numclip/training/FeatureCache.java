package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.PixelBatch;
import io.numclip.clip.Precision;
import io.numclip.data.LabeledImage;
import io.numclip.model.AtomicFolder;
import io.numclip.model.BaseModel;
import io.numclip.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a frozen image tower made of images, memory-mapped. Each image is found by its content: whatever list it comes in
 * and whichever run asks, it is read and encoded once for a tower and a preprocessor. Safe for several processes at once: a
 * file appears as a whole and never changes; two processes that encode the same images at the same time both keep them.
 */
public final class FeatureCache {

    /** System property that names the folder of the cache. */
    public static final String DIRECTORY_PROPERTY = "numclip.cache";

    private static final String FORMAT = "numclip-features-2";
    private static final String ENDING = ".features";
    private static final int ROWS_PER_FILE = 1 << 18;

    private final Path directory;
    private final ClipPreprocessor preprocessor;
    private final Map<Path, FeatureSegment> segments = new LinkedHashMap<>();

    /** The cache of the machine's user. */
    public static FeatureCache of(BaseModel base, Precision precision, ClipPreprocessor preprocessor) {
        return new FeatureCache(defaultDirectory(), base.fingerprint() + "|" + precision, preprocessor);
    }

    /** @param modelFingerprint changes when the tower's weights or precision do */
    public FeatureCache(Path directory, String modelFingerprint, ClipPreprocessor preprocessor) {
        String key = new Fingerprint()
                .add(FORMAT)
                .add(modelFingerprint)
                .add(preprocessor.fingerprint())
                .hex();
        this.directory = directory.resolve("features-" + key);
        this.preprocessor = preprocessor;
    }

    /** The folder named by {@value #DIRECTORY_PROPERTY}, else {@code .cache/numclip} in the user's home. */
    public static Path defaultDirectory() {
        String named = System.getProperty(DIRECTORY_PROPERTY, "");
        return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "numclip") : Path.of(named);
    }

    public ClipPreprocessor preprocessor() {
        return preprocessor;
    }

    /**
     * Features of the images, from the cache or else computed in batches. An image that cannot be read has none; the next
     * run tries it again.
     *
     * @param backbone has the image tower that the cache is of, as it was loaded
     */
    public synchronized ImageFeatures features(
            ClipBackbone backbone, List<LabeledImage> images, int batchSize, TrainingListener listener)
            throws IOException {
        openSegments(backbone.embedDim());
        ImageFeatures features = new ImageFeatures(images.size(), backbone.embedDim());
        int[] absent = IntStream.range(0, images.size())
                .parallel()
                .filter(i -> !find(key(images.get(i)), i, features))
                .toArray();
        for (int start = 0; start < absent.length; start += ROWS_PER_FILE) {
            int[] some = Arrays.copyOfRange(absent, start, Math.min(absent.length, start + ROWS_PER_FILE));
            List<LabeledImage> theirs =
                    Arrays.stream(some).mapToObj(images::get).toList();
            List<FeatureKey> keys = theirs.stream().map(FeatureCache::key).toList();
            new Encoding(backbone, batchSize, start, absent.length, listener).write(theirs, keys);
            openSegments(backbone.embedDim());
            for (int i = 0; i < some.length; i++) {
                find(keys.get(i), some[i], features);
            }
        }
        return features;
    }

    /** A file that is gone has no fingerprint; that it cannot be read is reported later. */
    private static FeatureKey key(LabeledImage image) {
        try {
            return FeatureKey.of(image.source().fingerprint());
        } catch (IOException e) {
            return FeatureKey.of("unreadable|" + image.name());
        }
    }

    /** Those that any process has written since. */
    private void openSegments(int dimension) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path file : AtomicFolder.list(directory)) {
            if (file.toString().endsWith(ENDING) && !segments.containsKey(file)) {
                FeatureSegment segment = FeatureSegment.open(file, dimension);
                if (segment != null) {
                    segments.put(file, segment);
                }
            }
        }
    }

    private boolean find(FeatureKey key, int index, ImageFeatures features) {
        for (FeatureSegment segment : segments.values()) {
            int row = segment.find(key);
            if (row >= 0) {
                features.put(index, segment, row);
                return true;
            }
        }
        return false;
    }

    /** Images on their way into one new file; {@code before} and {@code all} count for the listener. */
    private final class Encoding {

        private final ClipBackbone backbone;
        private final int batchSize;
        private final int before;
        private final int all;
        private final TrainingListener listener;

        Encoding(ClipBackbone backbone, int batchSize, int before, int all, TrainingListener listener) {
            this.backbone = backbone;
            this.batchSize = batchSize;
            this.before = before;
            this.all = all;
            this.listener = listener;
        }

        void write(List<LabeledImage> images, List<FeatureKey> keys) throws IOException {
            Files.createDirectories(directory);
            Path part = Files.createTempFile(directory, "features", ".part");
            try {
                FeatureKey[] sorted = keys.stream().sorted().distinct().toArray(FeatureKey[]::new);
                try (FeatureSegment.Writer writer = new FeatureSegment.Writer(part, sorted, backbone.embedDim());
                        ImageBatches batches = new ImageBatches(images, preprocessor, 0, listener::imageSkipped)) {
                    encode(batches, images.size(), keys, writer);
                }
                Files.move(part, directory.resolve(UUID.randomUUID() + ENDING), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }

        private void encode(ImageBatches images, int count, List<FeatureKey> keys, FeatureSegment.Writer writer)
                throws IOException {
            int[] order = IntStream.range(0, count).toArray();
            Iterator<PixelBatch> batches = images.batches(order, batchSize);
            int done = before;
            while (batches.hasNext()) {
                PixelBatch batch = batches.next();
                float[] features = encode(batch);
                for (int i = 0; i < batch.indices().size(); i++) {
                    writer.write(keys.get(batch.indices().get(i)), features, i * backbone.embedDim());
                }
                done += batch.indices().size();
                listener.imagesEncoded(done, all);
            }
        }

        private float[] encode(PixelBatch batch) {
            try (NDManager scope = backbone.manager().newSubManager()) {
                NDArray features = backbone.encodeImages(batch.toArray(scope), false); // (N, D)
                return features.toFloatArray();
            }
        }
    }
}
