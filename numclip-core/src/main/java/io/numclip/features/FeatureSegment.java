package io.numclip.features;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of image features: the number of keys K, of rows R, and D (64 bits each); R rows of D float32 values; a table
 * of K keys with the row of each; little-endian. Several keys may name one row. A file never changes once it has its
 * name.
 *
 * <p>Only the rows that are needed are read, and the file is not mapped: pages that were read stay in the cache of the
 * system, not in the memory of the process, however many rows there are.
 */
final class FeatureSegment {

    private static final int HEADER = 3 * Long.BYTES;

    private final OpenFile file;
    private final int rowCount;
    private final int dimension;
    private final KeyTable keys;

    private FeatureSegment(OpenFile file, int keyCount, int rowCount, int dimension) {
        this.file = file;
        this.rowCount = rowCount;
        this.dimension = dimension;
        this.keys = new KeyTable(file, rowStart(rowCount, dimension), keyCount);
    }

    /** @return null if the file is not a complete segment with this D */
    static @Nullable FeatureSegment open(Path path, int dimension) throws IOException {
        OpenFile file = OpenFile.of(path);
        long size = file.channel().size();
        if (size >= HEADER) {
            LongBuffer header = file.read(0, HEADER).asLongBuffer();
            long keys = header.get(0);
            long rows = header.get(1);
            if (header.get(2) == dimension
                    && isCount(keys)
                    && isCount(rows)
                    && size == rowStart((int) rows, dimension) + keys * KeyTable.ENTRY) {
                return new FeatureSegment(file, (int) keys, (int) rows, dimension);
            }
        }
        file.close();
        return null;
    }

    private static boolean isCount(long count) {
        return count > 0 && count <= Integer.MAX_VALUE;
    }

    /** Where a row begins; for the row after the last, where the keys begin. */
    private static long rowStart(int row, int dimension) {
        return HEADER + row * bytesPerRow(dimension);
    }

    private static long bytesPerRow(int dimension) {
        return (long) dimension * Float.BYTES;
    }

    int rowCount() {
        return rowCount;
    }

    /** Finds the rows of images. */
    KeyTable.Search search() {
        return keys.search();
    }

    void copyTo(int row, float[] target, int offset) {
        file.read(rowStart(row, dimension), (int) bytesPerRow(dimension))
                .asFloatBuffer()
                .get(target, offset, dimension);
    }

    /** Writes a segment row by row, in any order. Keys of rows that are never written are left out. */
    static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final int rows;
        private final int dimension;
        private final ByteBuffer row;
        private final SortedMap<FeatureKey, Integer> rowsByKey = new TreeMap<>();
        private final BitSet written = new BitSet();

        /**
         * @param channel an empty file; stays open
         * @param rows how many, at least 1
         */
        Writer(FileChannel channel, int rows, int dimension) {
            this.channel = channel;
            this.rows = rows;
            this.dimension = dimension;
            this.row = bytes(bytesPerRow(dimension));
        }

        /** Names a row. If several rows get the same key, the last one counts. */
        void name(int index, FeatureKey key) {
            rowsByKey.put(key, index);
        }

        void write(int index, float[] features, int offset) throws IOException {
            row.clear().asFloatBuffer().put(features, offset, dimension);
            write(row.clear(), rowStart(index, dimension));
            written.set(index);
        }

        /** Whether no row was written. */
        boolean isEmpty() {
            return written.isEmpty();
        }

        private void write(ByteBuffer bytes, long position) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position());
            }
        }

        @Override
        public void close() throws IOException {
            rowsByKey.values().removeIf(index -> !written.get(index));
            ByteBuffer header = bytes(HEADER);
            header.putLong(rowsByKey.size()).putLong(rows).putLong(dimension);
            write(header.flip(), 0);
            ByteBuffer table = bytes(rowsByKey.size() * (long) KeyTable.ENTRY);
            KeyTable.write(rowsByKey, table);
            write(table.flip(), rowStart(rows, dimension));
        }

        private static ByteBuffer bytes(long size) {
            return ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
