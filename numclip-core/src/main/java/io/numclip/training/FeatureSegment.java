package io.numclip.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of image features, memory-mapped: the number of keys K, of rows R, and D; R rows of D float32 values; K keys in
 * ascending order (pairs of 64 bits); for each key its row (32 bits); little-endian. Several keys may name one row. Opening
 * it costs the same for any R. A file never changes once it has its name.
 */
final class FeatureSegment {

    private static final int HEADER = 3 * Long.BYTES;
    private static final int KEY = 2 * Long.BYTES;
    private static final int KEYS_PER_MAPPING = 1 << 26;
    private static final long LARGEST_MAPPING = 1L << 30;

    private final int rowCount;
    private final int dimension;
    private final LongBuffer keys;
    private final IntBuffer rows;
    private final int rowsPerMapping;
    private final List<FloatBuffer> values;

    private FeatureSegment(
            int rowCount,
            int dimension,
            LongBuffer keys,
            IntBuffer rows,
            int rowsPerMapping,
            List<FloatBuffer> values) {
        this.rowCount = rowCount;
        this.dimension = dimension;
        this.keys = keys;
        this.rows = rows;
        this.rowsPerMapping = rowsPerMapping;
        this.values = values;
    }

    /** @return null if the file is no whole segment of this D */
    static @Nullable FeatureSegment open(Path file, int dimension) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < HEADER) {
                return null;
            }
            LongBuffer header = map(channel, 0, HEADER).asLongBuffer();
            long keys = header.get(0);
            long rows = header.get(1);
            boolean whole = header.get(2) == dimension
                    && isCount(keys)
                    && isCount(rows)
                    && channel.size() == rowStart((int) rows, dimension) + keys * (KEY + Integer.BYTES);
            return whole ? open(channel, (int) keys, (int) rows, dimension) : null;
        }
    }

    private static boolean isCount(long count) {
        return count > 0 && count <= KEYS_PER_MAPPING;
    }

    private static FeatureSegment open(FileChannel channel, int keyCount, int rowCount, int dimension)
            throws IOException {
        int rowsPerMapping = (int) (LARGEST_MAPPING / bytesPerRow(dimension));
        List<FloatBuffer> values = new ArrayList<>();
        for (int row = 0; row < rowCount; row += rowsPerMapping) {
            long bytes = Math.min(rowCount - row, rowsPerMapping) * bytesPerRow(dimension);
            values.add(map(channel, rowStart(row, dimension), bytes).asFloatBuffer());
        }
        long keysStart = rowStart(rowCount, dimension);
        long keyBytes = (long) keyCount * KEY;
        LongBuffer keys = map(channel, keysStart, keyBytes).asLongBuffer();
        IntBuffer rows = map(channel, keysStart + keyBytes, (long) keyCount * Integer.BYTES)
                .asIntBuffer();
        return new FeatureSegment(rowCount, dimension, keys, rows, rowsPerMapping, values);
    }

    private static ByteBuffer map(FileChannel channel, long start, long bytes) throws IOException {
        return channel.map(MapMode.READ_ONLY, start, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a row begins; of the row after the last, where the keys begin. */
    private static long rowStart(int row, int dimension) {
        return HEADER + row * bytesPerRow(dimension);
    }

    private static long bytesPerRow(int dimension) {
        return (long) dimension * Float.BYTES;
    }

    int rowCount() {
        return rowCount;
    }

    /** @return the row of an image, -1 if it is not here or could not be read */
    int find(FeatureKey key) {
        int low = 0;
        int high = rows.capacity() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key.compareTo(new FeatureKey(keys.get(2 * middle), keys.get(2 * middle + 1)));
            if (order == 0) {
                int row = rows.get(middle);
                return Float.isNaN(mapping(row).get(start(row))) ? -1 : row;
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
        private final int rows;
        private final int dimension;
        private final ByteBuffer row;
        private final SortedMap<FeatureKey, Integer> rowsByKey = new TreeMap<>();
        private final BitSet written = new BitSet();

        /** @param rows how many, at least 1 */
        Writer(Path file, int rows, int dimension) throws IOException {
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            this.rows = rows;
            this.dimension = dimension;
            this.row = bytes(bytesPerRow(dimension));
        }

        /** Names a row. Of several rows with one key the last counts. */
        void name(int index, FeatureKey key) {
            rowsByKey.put(key, index);
        }

        void write(int index, float[] features, int offset) throws IOException {
            row.clear().asFloatBuffer().put(features, offset, dimension);
            write(row.clear(), rowStart(index, dimension));
            written.set(index);
        }

        private void write(ByteBuffer bytes, long position) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                float[] missing = new float[dimension];
                Arrays.fill(missing, Float.NaN);
                for (int i = written.nextClearBit(0); i < rows; i = written.nextClearBit(i + 1)) {
                    write(i, missing, 0);
                }
                writeKeys();
                channel.force(false);
            }
        }

        private void writeKeys() throws IOException {
            ByteBuffer header = bytes(HEADER);
            header.putLong(rowsByKey.size()).putLong(rows).putLong(dimension);
            write(header.flip(), 0);
            ByteBuffer table = bytes(rowsByKey.size() * (long) (KEY + Integer.BYTES));
            rowsByKey.keySet().forEach(key -> table.putLong(key.high()).putLong(key.low()));
            rowsByKey.values().forEach(table::putInt);
            write(table.flip(), rowStart(rows, dimension));
        }

        private static ByteBuffer bytes(long size) {
            return ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
