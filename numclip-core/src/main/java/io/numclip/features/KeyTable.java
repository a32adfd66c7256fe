package io.numclip.features;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;

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

    /** @param start where the table begins in the file */
    KeyTable(OpenFile file, long start, int size) {
        this.file = file;
        this.start = start;
        this.size = size;
        this.firstKeys = new FeatureKey[(size + BLOCK - 1) / BLOCK];
        Arrays.setAll(firstKeys, block -> key(read(block * BLOCK, 1), 0));
    }

    static void write(SortedMap<FeatureKey, Integer> numbers, ByteBuffer target) {
        numbers.forEach(
                (key, number) -> target.putLong(key.high()).putLong(key.low()).putInt(number));
    }

    private ByteBuffer read(int first, int count) {
        return file.read(start + (long) first * ENTRY, count * ENTRY);
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
                entries = read(wanted * BLOCK, Math.min(BLOCK, size - wanted * BLOCK));
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
