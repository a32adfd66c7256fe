package io.numclip.clip.safetensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.storage.CheckedFile;
import io.numclip.storage.Limit;
import io.numclip.storage.RememberedDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file, which is not trusted: the whole header is checked before memory is allocated for a tensor. Half
 * precision (F16, BF16) is widened to float32 while reading; all arrays are float32.
 *
 * <p>Reads by position, not by mapping: a file that shrinks or is rewritten meanwhile is an error, not a crash and not
 * half of two files. For one thread at a time.
 */
public final class Safetensors implements AutoCloseable {

    /**
     * One tensor.
     *
     * @param type as the format names it: {@code F32}, {@code F16}, {@code BF16}, {@code I64}, …
     * @param begin offset of its first byte from the end of the header
     */
    public record Entry(String name, String type, Shape shape, long begin, long end) {}

    private static final int PREFIX = Long.BYTES;
    private static final int CHUNK = 1 << 20;

    private final CheckedFile file;
    private final SafetensorsHeader header;
    private final long dataStart;
    private ByteBuffer halves = ByteBuffer.allocateDirect(0);

    private Safetensors(CheckedFile file, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.header = header;
        this.dataStart = dataStart;
    }

    /** @throws io.numclip.data.NumClipException if it is not a regular file, or its header is wrong in any way */
    public static Safetensors open(Path file) throws IOException {
        return open(file, RememberedDigest.usual());
    }

    /** @param digests with which all that is read is compared */
    static Safetensors open(Path file, RememberedDigest digests) throws IOException {
        CheckedFile checked = new CheckedFile(file, digests);
        try {
            return open(checked);
        } catch (IOException | RuntimeException e) {
            checked.close();
            throw e;
        }
    }

    private static Safetensors open(CheckedFile file) throws IOException {
        long size = file.size();
        if (size < PREFIX) {
            throw SafetensorsHeader.wrong(file.file(), "%d bytes, the header needs 8".formatted(size));
        }
        long length = read(file, 0, PREFIX).getLong(0);
        if (length < 0 || length > Limit.WEIGHTS_HEADER_BYTES.value() || length > size - PREFIX) {
            throw SafetensorsHeader.wrong(
                    file.file(),
                    Limit.WEIGHTS_HEADER_BYTES.exceededBy("the header says %s bytes; the file has %d"
                            .formatted(Long.toUnsignedString(length), size)));
        }
        ByteBuffer json = read(file, PREFIX, (int) length);
        byte[] bytes = new byte[(int) length];
        json.get(bytes);
        long dataStart = PREFIX + length;
        return new Safetensors(file, SafetensorsHeader.parse(file.file(), bytes, size - dataStart), dataStart);
    }

    /** All tensors as float32 arrays that the manager owns, by name. */
    public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        try (Safetensors tensors = open(file)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (String name : tensors.entries().keySet()) {
                arrays.put(name, tensors.array(name, manager));
            }
            return arrays;
        }
    }

    /** The tensors by name, in the order of the file. */
    public Map<String, Entry> entries() {
        return header.entries();
    }

    public Path file() {
        return file.file();
    }

    /** The free-form strings of the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Whether there is such a tensor.
     *
     * @throws io.numclip.data.NumClipException if there is one with another shape
     */
    public boolean has(String name, Shape shape) {
        Entry entry = entries().get(name);
        if (entry != null && !entry.shape().equals(shape)) {
            throw SafetensorsHeader.wrong(
                    file(), "tensor %s: expected %s, found %s".formatted(name, shape, entry.shape()));
        }
        return entry != null;
    }

    /**
     * One tensor as a float32 array.
     *
     * @throws io.numclip.data.NumClipException if it is absent, not of a floating type, or holds a NaN or an infinity
     */
    public NDArray array(String name, NDManager manager) throws IOException {
        return array(entry(name), manager);
    }

    /**
     * The same for a part of the rows, of which nothing else is read.
     *
     * @param part index of the part, from 0
     * @param parts into how many parts of the same size the first dimension is divided
     */
    public NDArray array(String name, int part, int parts, NDManager manager) throws IOException {
        Entry whole = entry(name);
        if (parts == 1) {
            return array(whole, manager);
        }
        long[] shape = whole.shape().getShape().clone();
        if (shape.length == 0 || shape[0] % parts != 0) {
            throw SafetensorsHeader.wrong(
                    file(), "tensor %s: %s cannot be divided by %d".formatted(name, whole.shape(), parts));
        }
        shape[0] /= parts;
        long bytes = (whole.end() - whole.begin()) / parts;
        long begin = whole.begin() + part * bytes;
        return array(new Entry(name, whole.type(), new Shape(shape), begin, begin + bytes), manager);
    }

    private Entry entry(String name) {
        Entry entry = entries().get(name);
        if (entry == null) {
            throw SafetensorsHeader.wrong(file(), "no tensor " + name);
        }
        return entry;
    }

    private NDArray array(Entry entry, NDManager manager) throws IOException {
        String name = entry.name();
        if (entry.shape().size() > Integer.MAX_VALUE / Float.BYTES) {
            throw SafetensorsHeader.wrong(
                    file(),
                    "tensor %s: %d values are too many"
                            .formatted(name, entry.shape().size()));
        }
        try (NDManager memory = manager.newSubManager(Device.cpu())) {
            NDArray array = memory.create(entry.shape(), DataType.FLOAT32);
            fill(array.toByteBuffer(true), entry); // the array's own memory
            file.requireUnchanged();
            checkFinite(name, array);
            NDArray placed = array.toDevice(manager.getDevice(), false);
            placed.attach(manager);
            return placed;
        }
    }

    /**
     * Reads all floating tensors once, without keeping any.
     *
     * @throws io.numclip.data.NumClipException naming the first one with a NaN or an infinity, their number, and the first
     */
    public void requireFinite() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (Entry entry : entries().values()) {
            int exponent = exponent(entry.type());
            if (exponent != 0) {
                NonFinite found = new NonFinite();
                for (long offset = entry.begin(); offset < entry.end(); offset += CHUNK) {
                    chunk.clear().limit((int) Math.min(CHUNK, entry.end() - offset));
                    file.read(dataStart + offset, chunk);
                    found.count(chunk.flip(), entry.type().equals("F32"), exponent);
                }
                file.requireUnchanged();
                found.refuse(file(), entry.name());
            }
        }
    }

    /** The bits that are all one in a NaN and in an infinity; 0 for types without them. */
    private static int exponent(String type) {
        return switch (type) {
            case "F32" -> 0x7f80_0000;
            case "F16" -> 0x7c00;
            case "BF16" -> 0x7f80;
            default -> 0;
        };
    }

    /** The values of one tensor that are NaN or infinite. */
    private static final class NonFinite {

        private long count;
        private long first;
        private long seen;

        void count(ByteBuffer values, boolean wide, int exponent) {
            int size = wide ? Float.BYTES : Short.BYTES;
            for (int at = 0; at + size <= values.limit(); at += size) {
                int bits = wide ? values.getInt(at) : values.getShort(at);
                if ((bits & exponent) == exponent) {
                    first = count == 0 ? seen : first;
                    count++;
                }
                seen++;
            }
        }

        void refuse(Path file, String tensor) {
            if (count > 0) {
                throw SafetensorsHeader.wrong(
                        file, "tensor %s has %d non-finite values (first at %d)".formatted(tensor, count, first));
            }
        }
    }

    private void fill(ByteBuffer values, Entry entry) throws IOException {
        long position = dataStart + entry.begin();
        int bytes = (int) (entry.end() - entry.begin());
        switch (entry.type()) {
            case "F32" -> file.read(position, values);
            case "F16" -> HalfPrecision.widenFloat16(readHalves(position, bytes), values);
            case "BF16" -> HalfPrecision.widenBfloat16(readHalves(position, bytes), values);
            default ->
                throw SafetensorsHeader.wrong(
                        file(), "tensor %s: type %s, expected F32, F16 or BF16".formatted(entry.name(), entry.type()));
        }
    }

    /** One buffer serves all tensors: memory outside the heap would linger until the garbage collector frees it. */
    private ByteBuffer readHalves(long position, int bytes) throws IOException {
        if (halves.capacity() < bytes) {
            halves = ByteBuffer.allocateDirect(bytes);
        }
        ByteBuffer buffer = halves.slice(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.read(position, buffer);
        return buffer.flip();
    }

    /** A sum is finite only if every summand is; if it is not, the values are checked one by one. */
    private void checkFinite(String name, NDArray array) {
        try (NDArray sum = array.sum()) {
            if (Float.isFinite(sum.getFloat())) {
                return;
            }
        }
        NonFinite found = new NonFinite();
        found.count(array.toByteBuffer(true), true, exponent("F32"));
        found.refuse(file(), name);
    }

    private static ByteBuffer read(CheckedFile file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.read(position, buffer);
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
