package io.numclip.features;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of image features: the number of keys K, of rows R, D, and the CRC-32C of the table (64 bits each); R rows of D
 * float32 values and their CRC-32C; a table of K keys with the row of each; little-endian. Several keys may name one row.
 * A file never changes once it has its name.
 *
 * <p>Only the rows that are needed are read, and the file is not mapped: pages that were read stay in the cache of the
 * system, not in the memory of the process, however many rows there are.
 */
final class FeatureSegment {

    private static final int HEADER = 4 * Long.BYTES;

    private static final int CHECKED_BYTES = 1 << 18; // at once

    private final OpenFile file;
    private final int rowCount;
    private final int dimension;
    private final KeyTable keys;
    private final BitSet checked = new BitSet();
    private final BitSet damaged = new BitSet();

    private FeatureSegment(OpenFile file, KeyTable keys, int rowCount, int dimension) {
        this.file = file;
        this.rowCount = rowCount;
        this.dimension = dimension;
        this.keys = keys;
    }

    /** @return null if the file is not a complete segment with this D and an undamaged table */
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
                KeyTable table = KeyTable.open(file, rowStart((int) rows, dimension), (int) keys, header.get(3));
                if (table != null) {
                    return new FeatureSegment(file, table, (int) rows, dimension);
                }
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
        return (long) dimension * Float.BYTES + Integer.BYTES;
    }

    int rowCount() {
        return rowCount;
    }

    /** Finds the rows of images. */
    KeyTable.Search search() {
        return keys.search();
    }

    Path path() {
        return file.path();
    }

    /**
     * Reads rows that have not been checked before.
     *
     * @return whether one of them is damaged
     */
    boolean findsDamage(BitSet rows) {
        BitSet unknown = (BitSet) rows.clone();
        unknown.andNot(checked);
        int before = damaged.cardinality();
        int most = Math.max(1, CHECKED_BYTES / (int) bytesPerRow(dimension));
        for (int row = unknown.nextSetBit(0); row >= 0; ) {
            int end = Math.min(unknown.nextClearBit(row), row + most);
            check(row, end);
            row = unknown.nextSetBit(end);
        }
        checked.or(unknown);
        return damaged.cardinality() > before;
    }

    private void check(int start, int end) {
        int size = (int) bytesPerRow(dimension);
        ByteBuffer bytes = file.read(rowStart(start, dimension), (end - start) * size);
        for (int row = start; row < end; row++) {
            ByteBuffer one = bytes.slice((row - start) * size, size).order(ByteOrder.LITTLE_ENDIAN);
            if (!isWhole(one) || !isFinite(one.asFloatBuffer())) {
                damaged.set(row);
            }
        }
    }

    /** Whether a row that was checked is damaged. */
    boolean isDamaged(int row) {
        return damaged.get(row);
    }

    /** @throws NumClipException if the row is damaged */
    void copyTo(int row, float[] target, int offset) {
        ByteBuffer bytes = file.read(rowStart(row, dimension), (int) bytesPerRow(dimension));
        if (!isWhole(bytes)) {
            throw new NumClipException(
                    Kind.IO,
                    file.path() + ": row " + row + " was damaged while it was in use",
                    "Run the command again: images of damaged rows are encoded anew.");
        }
        bytes.asFloatBuffer().get(target, offset, dimension);
    }

    private boolean isWhole(ByteBuffer row) {
        int values = dimension * Float.BYTES;
        return checksum(row.slice(0, values)) == row.getInt(values);
    }

    private boolean isFinite(FloatBuffer row) {
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(row.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
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
            int values = dimension * Float.BYTES;
            row.putInt(values, checksum(row.slice(0, values)));
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
            ByteBuffer table = bytes(rowsByKey.size() * (long) KeyTable.ENTRY);
            long checksum = KeyTable.write(rowsByKey, table);
            write(table.flip(), rowStart(rows, dimension));
            ByteBuffer header = bytes(HEADER);
            header.putLong(rowsByKey.size()).putLong(rows).putLong(dimension).putLong(checksum);
            write(header.flip(), 0);
        }

        private static ByteBuffer bytes(long size) {
            return ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
