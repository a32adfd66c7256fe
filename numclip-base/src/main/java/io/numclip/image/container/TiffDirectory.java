package io.numclip.image.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** The first directory of a TIFF, all of whose values lie in the file. */
final class TiffDirectory {

    private static final int ENTRY = 12;
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8}; // of a value by its type

    private final ByteBuffer in;
    private final Map<Integer, Integer> entries = new HashMap<>(); // positions by tags

    private TiffDirectory(ByteBuffer in) {
        this.in = in;
    }

    static TiffDirectory read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order(bytes));
        TiffDirectory directory = new TiffDirectory(in);
        long start = bytes.length < 8 ? bytes.length : Integer.toUnsignedLong(in.getInt(4));
        int count = start + 2 > bytes.length ? 0 : Short.toUnsignedInt(in.getShort((int) start));
        if (start + 2 + ENTRY * (long) count + 4 > bytes.length) {
            throw new IOException("truncated (no directory)");
        }
        for (int i = 0; i < count; i++) {
            int entry = (int) start + 2 + ENTRY * i;
            if (directory.start(entry) + directory.count(entry) * directory.size(entry) > bytes.length) {
                throw new IOException("truncated (values of tag " + Short.toUnsignedInt(in.getShort(entry)) + ")");
            }
            directory.entries.putIfAbsent(Short.toUnsignedInt(in.getShort(entry)), entry);
        }
        return directory;
    }

    private static ByteOrder order(byte[] bytes) {
        return bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private int size(int entry) {
        int type = Short.toUnsignedInt(in.getShort(entry + 2));
        return type < SIZES.length ? SIZES[type] : 0;
    }

    private long count(int entry) {
        return Integer.toUnsignedLong(in.getInt(entry + 4));
    }

    private long start(int entry) {
        return count(entry) * size(entry) <= 4 ? entry + 8 : Integer.toUnsignedLong(in.getInt(entry + 8));
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    int count(int tag, int most) {
        Integer entry = entries.get(tag);
        return entry == null ? 0 : (int) Math.min(count(entry), most);
    }

    /** The first value. */
    long value(int tag, long otherwise) throws IOException {
        return has(tag) ? values(tag, 1)[0] : otherwise;
    }

    /** The first values of a tag of whole numbers. */
    long[] values(int tag, int number) throws IOException {
        Integer entry = entries.get(tag);
        int size = entry == null ? 0 : size(entry);
        if (entry == null || count(entry) < number || size > 4 || size < 1) {
            throw new IOException("damaged (not " + number + " whole numbers for tag " + tag + ")");
        }
        int start = (int) start(entry);
        long[] values = new long[number];
        for (int i = 0; i < number; i++) {
            values[i] = switch (size) {
                case 1 -> Byte.toUnsignedLong(in.get(start + i));
                case 2 -> Short.toUnsignedLong(in.getShort(start + 2 * i));
                default -> Integer.toUnsignedLong(in.getInt(start + 4 * i));
            };
        }
        return values;
    }

    /** The file with another directory, of these values alone: whole numbers of 16 bits where all fit, else of 32. */
    static byte[] append(byte[] bytes, SortedMap<Integer, long[]> values) {
        int start = bytes.length + bytes.length % 2;
        int free = start + 2 + ENTRY * values.size() + 4;
        int number = values.values().stream().mapToInt(each -> each.length).sum();
        ByteBuffer out =
                ByteBuffer.allocate(free + 4 * number).order(order(bytes)).put(bytes);
        out.putInt(4, start).position(start).putShort((short) values.size());
        for (Map.Entry<Integer, long[]> each : values.entrySet()) {
            int length = each.getValue().length;
            int size = Arrays.stream(each.getValue()).max().orElse(0) > 0xffff ? 4 : 2;
            out.putShort(each.getKey().shortValue()).putShort((short) (size == 4 ? 4 : 3));
            out.putInt(length).putInt(free);
            boolean here = length * size <= 4;
            put(out, here ? out.position() - 4 : free, size, each.getValue());
            free += here ? 0 : length * size;
        }
        return out.array();
    }

    private static void put(ByteBuffer out, int start, int size, long[] values) {
        for (int i = 0; i < values.length; i++) {
            if (size == 4) {
                out.putInt(start + 4 * i, (int) values[i]);
            } else {
                out.putShort(start + 2 * i, (short) values[i]);
            }
        }
    }
}
