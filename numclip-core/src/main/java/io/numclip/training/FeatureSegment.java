package io.numclip.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of image features, memory-mapped: the number of rows R and D, the keys of the images in ascending order (R pairs
 * of 64 bits), then a row of D float32 values for each of them; little-endian. Opening it costs the same for any R. A file
 * never changes once it has its name.
 */
final class FeatureSegment {

    private static final int HEADER = 2 * Long.BYTES;
    private static final int KEY = 2 * Long.BYTES;
    private static final int KEYS_PER_MAPPING = 1 << 26;
    private static final long LARGEST_MAPPING = 1L << 30;

    private final int rows;
    private final int dimension;
    private final LongBuffer keys;
    private final int rowsPerMapping;
    private final List<FloatBuffer> values;

    private FeatureSegment(int rows, int dimension, LongBuffer keys, int rowsPerMapping, List<FloatBuffer> values) {
        this.rows = rows;
        this.dimension = dimension;
        this.keys = keys;
        this.rowsPerMapping = rowsPerMapping;
        this.values = values;
    }

    /** @return null if the file is no whole segment of this D */
    static @Nullable FeatureSegment open(Path file, int dimension) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEADER) {
                return null;
            }
            ByteBuffer header = map(channel, 0, HEADER);
            long rows = header.getLong();
            boolean whole = header.getLong() == dimension
                    && rows > 0
                    && rows <= KEYS_PER_MAPPING
                    && channel.size() == valuesStart((int) rows) + rows * bytesPerRow(dimension);
            return whole ? open(channel, (int) rows, dimension) : null;
        }
    }

    private static FeatureSegment open(FileChannel channel, int rows, int dimension) throws IOException {
        int rowsPerMapping = (int) (LARGEST_MAPPING / bytesPerRow(dimension));
        List<FloatBuffer> values = new ArrayList<>();
        for (int row = 0; row < rows; row += rowsPerMapping) {
            long start = valuesStart(rows) + row * bytesPerRow(dimension);
            long bytes = Math.min(rows - row, rowsPerMapping) * bytesPerRow(dimension);
            values.add(map(channel, start, bytes).asFloatBuffer());
        }
        LongBuffer keys = map(channel, HEADER, (long) rows * KEY).asLongBuffer();
        return new FeatureSegment(rows, dimension, keys, rowsPerMapping, values);
    }

    private static ByteBuffer map(FileChannel channel, long start, long bytes) throws IOException {
        return channel.map(MapMode.READ_ONLY, start, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long valuesStart(int rows) {
        return HEADER + (long) rows * KEY;
    }

    private static long bytesPerRow(int dimension) {
        return (long) dimension * Float.BYTES;
    }

    int dimension() {
        return dimension;
    }

    /** @return the row of an image, -1 if it is not here or could not be read */
    int find(FeatureKey key) {
        int low = 0;
        int high = rows - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key.compareTo(new FeatureKey(keys.get(2 * middle), keys.get(2 * middle + 1)));
            if (order == 0) {
                return Float.isNaN(mapping(middle).get(start(middle))) ? -1 : middle;
            }
            low = order > 0 ? middle + 1 : low;
            high = order < 0 ? middle - 1 : high;
        }
        return -1;
    }

    void copyTo(int row, float[] target, int offset) {
        mapping(row).get(start(row), target, offset, dimension);
    }

    private FloatBuffer mapping(int row) {
        return values.get(row / rowsPerMapping);
    }

    private int start(int row) {
        return row % rowsPerMapping * dimension;
    }

    /** Writes a segment row by row, in any order. Rows that are never written become NaN, and count as absent. */
    static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final FeatureKey[] sorted;
        private final ByteBuffer row;
        private final BitSet written = new BitSet();

        /** @param sorted the keys, ascending, each once */
        Writer(Path file, FeatureKey[] sorted, int dimension) throws IOException {
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            this.sorted = sorted;
            this.row =
                    ByteBuffer.allocate(Math.toIntExact(bytesPerRow(dimension))).order(ByteOrder.LITTLE_ENDIAN);
            writeHead(dimension);
        }

        private void writeHead(int dimension) throws IOException {
            ByteBuffer head = ByteBuffer.allocate(Math.toIntExact(valuesStart(sorted.length)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            head.putLong(sorted.length).putLong(dimension);
            for (FeatureKey key : sorted) {
                head.putLong(key.high()).putLong(key.low());
            }
            write(head.flip(), 0);
        }

        void write(FeatureKey key, float[] features, int offset) throws IOException {
            int index = Arrays.binarySearch(sorted, key);
            write(index, features, offset);
            written.set(index);
        }

        private void write(int index, float[] features, int offset) throws IOException {
            row.clear().asFloatBuffer().put(features, offset, row.capacity() / Float.BYTES);
            write(row.clear(), valuesStart(sorted.length) + (long) index * row.capacity());
        }

        private void write(ByteBuffer bytes, long position) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                float[] missing = new float[row.capacity() / Float.BYTES];
                Arrays.fill(missing, Float.NaN);
                for (int i = written.nextClearBit(0); i < sorted.length; i = written.nextClearBit(i + 1)) {
                    write(i, missing, 0);
                }
                channel.force(false);
            }
        }
    }
}
