package io.numclip.features;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keys with a number each, in a file: two times 64 bits and 32 bits, in ascending order. Only the first key of each
 * block is held in memory.
 */
final class KeyTable {

    /** Bytes of a key and its number. */
    static final int ENTRY = 2 * Long.BYTES + Integer.BYTES;

    private static final int BLOCK = 256;

    private final OpenFile file;
    private final long start;
    private final int size;
    private final FeatureKey[] firstKeys; // of the blocks

    private KeyTable(OpenFile file, long start, int size, FeatureKey... firstKeys) {
        this.file = file;
        this.start = start;
        this.size = size;
        this.firstKeys = firstKeys;
    }

    /**
     * @param start where the table begins in the file
     * @param checksum that {@link #write} returned
     * @return null if the table is damaged
     */
    static @Nullable KeyTable open(OpenFile file, long start, int size, long checksum) {
        FeatureKey[] firstKeys = new FeatureKey[(size + BLOCK - 1) / BLOCK];
        CRC32C found = new CRC32C();
        for (int block = 0; block < firstKeys.length; block++) {
            ByteBuffer entries = read(file, start, block, size);
            firstKeys[block] = key(entries, 0);
            found.update(entries);
        }
        return found.getValue() == checksum ? new KeyTable(file, start, size, firstKeys) : null;
    }

    /** @return the CRC-32C of what was written */
    static long write(SortedMap<FeatureKey, Integer> numbers, ByteBuffer target) {
        int start = target.position();
        numbers.forEach(
                (key, number) -> target.putLong(key.high()).putLong(key.low()).putInt(number));
        CRC32C checksum = new CRC32C();
        checksum.update(target.slice(start, target.position() - start));
        return checksum.getValue();
    }

    private static ByteBuffer read(OpenFile file, long start, int block, int size) {
        int first = block * BLOCK;
        return file.read(start + (long) first * ENTRY, Math.min(BLOCK, size - first) * ENTRY);
    }

    private static FeatureKey key(ByteBuffer entries, int index) {
        return new FeatureKey(entries.getLong(index * ENTRY), entries.getLong(index * ENTRY + Long.BYTES));
    }

    /** For one thread; looking up keys in ascending order reads least. */
    Search search() {
        return new Search();
    }

    final class Search {

        private int block = -1;
        private ByteBuffer entries = ByteBuffer.allocate(0);

        /** @return the number; -1 if the table does not contain the key */
        int find(FeatureKey key) {
            int place = Arrays.binarySearch(firstKeys, key);
            int wanted = place >= 0 ? place : -place - 2;
            if (wanted < 0) {
                return -1;
            }
            if (wanted != block) {
                entries = read(file, start, wanted, size);
                block = wanted;
            }
            return findInBlock(key);
        }

        private int findInBlock(FeatureKey key) {
            int low = 0;
            int high = entries.capacity() / ENTRY - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = key.compareTo(key(entries, middle));
                if (order == 0) {
                    return entries.getInt(middle * ENTRY + 2 * Long.BYTES);
                }
                low = order > 0 ? middle + 1 : low;
                high = order < 0 ? middle - 1 : high;
            }
            return -1;
        }
    }
}
