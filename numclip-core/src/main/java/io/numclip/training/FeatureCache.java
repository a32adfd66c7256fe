package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
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
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a frozen image tower made of a list of images, memory-mapped from a file whose name is a digest of the tower, the
 * preprocessor and the images. Safe for several processes at once: a file appears as a whole.
 */
public final class FeatureCache {

    /** System property that names the folder of the cache. */
    public static final String DIRECTORY_PROPERTY = "numclip.cache";

    private static final String FORMAT = "numclip-features-1";

    private final Path directory;
    private final String modelFingerprint;
    private final ClipBackbone backbone;
    private final ClipPreprocessor preprocessor;

    /** @param modelFingerprint changes when the tower's weights or precision do */
    public FeatureCache(Path directory, String modelFingerprint, ClipBackbone backbone, ClipPreprocessor preprocessor) {
        this.directory = directory;
        this.modelFingerprint = modelFingerprint;
        this.backbone = backbone;
        this.preprocessor = preprocessor;
    }

    /** The folder named by {@value #DIRECTORY_PROPERTY}, else {@code .cache/numclip} in the user's home. */
    public static Path defaultDirectory() {
        String named = System.getProperty(DIRECTORY_PROPERTY, "");
        return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", "numclip") : Path.of(named);
    }

    /**
     * Features of the images, from the cache or else computed in batches. Where an image could not be read, they are not
     * kept for another run.
     */
    public ImageFeatures features(List<LabeledImage> images, int batchSize, TrainingListener listener)
            throws IOException {
        Path file = directory.resolve(key(images) + ".f32");
        long bytes = images.size() * ImageFeatures.bytesPerRow(backbone.embedDim());
        if (Files.exists(file) && Files.size(file) == bytes) {
            return ImageFeatures.map(file, images.size(), backbone.embedDim());
        }
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "features", ".part");
        try {
            boolean complete = encode(images, batchSize, part, listener);
            if (complete) {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return ImageFeatures.map(complete ? file : part, images.size(), backbone.embedDim());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String key(List<LabeledImage> images) throws IOException {
        Fingerprint digest = new Fingerprint().add(FORMAT).add(modelFingerprint).add(preprocessor.fingerprint());
        for (LabeledImage image : images) {
            digest.add(fingerprint(image));
        }
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
    private boolean encode(List<LabeledImage> images, int batchSize, Path file, TrainingListener listener)
            throws IOException {
        int[] order = IntStream.range(0, images.size()).toArray();
        int done = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                ImageBatches batches = new ImageBatches(images, preprocessor, 0, listener::imageSkipped)) {
            float[] missing = new float[backbone.embedDim()];
            Arrays.fill(missing, Float.NaN);
            int row = 0;
            Iterator<ImageBatches.Batch> iterator = batches.batches(order, batchSize);
            while (iterator.hasNext()) {
                ImageBatches.Batch batch = iterator.next();
                float[] features = encode(batch);
                for (int i = 0; i < batch.indices().size(); i++) {
                    int index = batch.indices().get(i);
                    for (; row < index; row++) {
                        write(channel, missing, 0);
                    }
                    write(channel, features, i * missing.length);
                    row++;
                }
                done += batch.indices().size();
                listener.imagesEncoded(done, images.size());
            }
            for (; row < images.size(); row++) {
                write(channel, missing, 0);
            }
        }
        return done == images.size();
    }

    private float[] encode(ImageBatches.Batch batch) {
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = backbone.encodeImages(batch.toArray(scope), false); // (N, D)
            return features.toFloatArray();
        }
    }

    private void write(FileChannel channel, float[] features, int offset) throws IOException {
        int dimension = backbone.embedDim();
        ByteBuffer row = ByteBuffer.allocate(Math.toIntExact(ImageFeatures.bytesPerRow(dimension)))
                .order(ByteOrder.LITTLE_ENDIAN);
        row.asFloatBuffer().put(features, offset, dimension);
        while (row.hasRemaining()) {
            channel.write(row);
        }
    }
}
