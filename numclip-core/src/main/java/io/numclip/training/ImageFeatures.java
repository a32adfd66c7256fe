package io.numclip.training;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Features of a list of images as the image tower gives them: float32 rows, mapped from a file or in memory. */
public final class ImageFeatures {

    private static final long LARGEST_MAPPING = 1L << 30;

    private final int size;
    private final int dimension;
    private final int rowsPerMapping;
    private final List<FloatBuffer> mappings = new ArrayList<>();

    private ImageFeatures(int size, int dimension, int rowsPerMapping) {
        this.size = size;
        this.dimension = dimension;
        this.rowsPerMapping = rowsPerMapping;
    }

    static ImageFeatures map(Path file, int size, int dimension) throws IOException {
        ImageFeatures features = new ImageFeatures(size, dimension, (int) (LARGEST_MAPPING / bytesPerRow(dimension)));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int row = 0; row < size; row += features.rowsPerMapping) {
                long rows = Math.min(size - row, features.rowsPerMapping);
                features.mappings.add(
                        channel.map(MapMode.READ_ONLY, row * bytesPerRow(dimension), rows * bytesPerRow(dimension))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .asFloatBuffer());
            }
        }
        return features;
    }

    /** @param values row after row */
    static ImageFeatures of(float[] values, int dimension) {
        ImageFeatures features = new ImageFeatures(values.length / dimension, dimension, values.length / dimension);
        features.mappings.add(FloatBuffer.wrap(values));
        return features;
    }

    static long bytesPerRow(int dimension) {
        return (long) dimension * Float.BYTES;
    }

    /** How many images. */
    public int size() {
        return size;
    }

    /** D. */
    public int dimension() {
        return dimension;
    }

    /** Whether the image could be read. */
    public boolean isPresent(int index) {
        return !Float.isNaN(mapping(index).get(start(index)));
    }

    /** Copies the D values of an image. */
    public void copyTo(int index, float[] target, int offset) {
        mapping(index).get(start(index), target, offset, dimension);
    }

    private FloatBuffer mapping(int index) {
        return mappings.get(index / rowsPerMapping);
    }

    private int start(int index) {
        return index % rowsPerMapping * dimension;
    }
}
