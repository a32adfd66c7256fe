package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.PixelBatch;
import io.numclip.clip.Precision;
import io.numclip.data.LabeledImage;
import io.numclip.model.BaseModel;
import io.numclip.model.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a frozen image tower made of a list of images, memory-mapped from a file whose name is a digest of the tower, the
 * preprocessor and the images. Safe for several processes at once: a file appears as a whole. Images that one cache has
 * given before, in whatever list, it neither reads nor encodes again.
 */
public final class FeatureCache {

    /** System property that names the folder of the cache. */
    public static final String DIRECTORY_PROPERTY = "numclip.cache";

    private static final String FORMAT = "numclip-features-1";

    private final Path directory;
    private final String modelFingerprint;
    private final ClipPreprocessor preprocessor;
    private final Map<String, Row> known = new HashMap<>();

    private record Row(ImageFeatures features, int index) {}

    /** The cache of the machine's user. */
    public static FeatureCache of(BaseModel base, Precision precision, ClipPreprocessor preprocessor) {
        return new FeatureCache(defaultDirectory(), base.fingerprint() + "|" + precision, preprocessor);
    }

    /** @param modelFingerprint changes when the tower's weights or precision do */
    public FeatureCache(Path directory, String modelFingerprint, ClipPreprocessor preprocessor) {
        this.directory = directory;
        this.modelFingerprint = modelFingerprint;
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
     * Features of the images, from the cache or else computed in batches. Where an image could not be read, they are not
     * kept for another run.
     *
     * @param backbone has the image tower that the cache is of, as it was loaded
     */
    public synchronized ImageFeatures features(
            ClipBackbone backbone, List<LabeledImage> images, int batchSize, TrainingListener listener)
            throws IOException {
        List<String> fingerprints =
                images.stream().map(FeatureCache::fingerprint).toList();
        if (known.keySet().containsAll(fingerprints)) {
            return gathered(fingerprints, backbone.embedDim());
        }
        ImageFeatures features = stored(backbone, images, fingerprints, batchSize, listener);
        for (int i = 0; i < fingerprints.size(); i++) {
            known.put(fingerprints.get(i), new Row(features, i));
        }
        return features;
    }

    private ImageFeatures gathered(List<String> fingerprints, int dimension) {
        float[] values = new float[Math.multiplyExact(fingerprints.size(), dimension)];
        for (int i = 0; i < fingerprints.size(); i++) {
            Row row = Objects.requireNonNull(known.get(fingerprints.get(i)));
            row.features().copyTo(row.index(), values, i * dimension);
        }
        return ImageFeatures.of(values, dimension);
    }

    private ImageFeatures stored(
            ClipBackbone backbone,
            List<LabeledImage> images,
            List<String> fingerprints,
            int batchSize,
            TrainingListener listener)
            throws IOException {
        Path file = directory.resolve(key(fingerprints) + ".f32");
        long bytes = images.size() * ImageFeatures.bytesPerRow(backbone.embedDim());
        if (Files.exists(file) && Files.size(file) == bytes) {
            return ImageFeatures.map(file, images.size(), backbone.embedDim());
        }
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "features", ".part");
        try {
            boolean complete = encode(backbone, images, batchSize, part, listener);
            if (complete) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return ImageFeatures.map(complete ? file : part, images.size(), backbone.embedDim());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String key(List<String> fingerprints) {
        Fingerprint digest = new Fingerprint().add(FORMAT).add(modelFingerprint).add(preprocessor.fingerprint());
        fingerprints.forEach(digest::add);
        return digest.hex();
    }

    /** A file that is gone has no fingerprint; its row is reported as unreadable later, and nothing is kept. */
    private static String fingerprint(LabeledImage image) {
        try {
            return image.source().fingerprint();
        } catch (IOException e) {
            return "unreadable|" + image.name();
        }
    }

    /** @return whether every image could be read */
    private boolean encode(
            ClipBackbone backbone, List<LabeledImage> images, int batchSize, Path file, TrainingListener listener)
            throws IOException {
        int[] order = IntStream.range(0, images.size()).toArray();
        int done = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                ImageBatches batches = new ImageBatches(images, preprocessor, 0, listener::imageSkipped)) {
            float[] missing = new float[backbone.embedDim()];
            Arrays.fill(missing, Float.NaN);
            int row = 0;
            Iterator<PixelBatch> iterator = batches.batches(order, batchSize);
            while (iterator.hasNext()) {
                PixelBatch batch = iterator.next();
                float[] features = encode(backbone, batch);
                for (int i = 0; i < batch.indices().size(); i++) {
                    int index = batch.indices().get(i);
                    for (; row < index; row++) {
                        write(channel, missing, 0, missing.length);
                    }
                    write(channel, features, i * missing.length, missing.length);
                    row++;
                }
                done += batch.indices().size();
                listener.imagesEncoded(done, images.size());
            }
            for (; row < images.size(); row++) {
                write(channel, missing, 0, missing.length);
            }
        }
        return done == images.size();
    }

    private static float[] encode(ClipBackbone backbone, PixelBatch batch) {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = backbone.encodeImages(batch.toArray(scope), false); // (N, D)
            return features.toFloatArray();
        }
    }

    private static void write(FileChannel channel, float[] features, int offset, int dimension) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(Math.toIntExact(ImageFeatures.bytesPerRow(dimension)))
                .order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(features, offset, dimension);
        while (row.hasRemaining()) {
            channel.write(row);
        }
    }
}
