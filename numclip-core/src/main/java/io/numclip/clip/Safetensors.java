package io.numclip.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file, distrusted: the whole header is checked before memory is taken for a tensor. Half precision (F16,
 * BF16) is widened to float32 on the way in; no array of another type than float32 is made.
 *
 * <p>Reads by position, not by mapping: a file that shrinks meanwhile is an error, not a crash. For one thread at a time.
 */
public final class Safetensors implements AutoCloseable {

    /**
     * One tensor.
     *
     * @param type as the format names it: {@code F32}, {@code F16}, {@code BF16}, {@code I64}, …
     * @param begin of its bytes, from the end of the header
     */
    public record Entry(String name, String type, Shape shape, long begin, long end) {}

    private static final int PREFIX = Long.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final Scratch stored = new Scratch();
    private final Scratch widened = new Scratch();

    /** Memory outside the heap that tensor after tensor goes through: left to the garbage collector, each would linger. */
    private static final class Scratch {

        private ByteBuffer memory = ByteBuffer.allocateDirect(0);

        /** All of it that is asked for, overwriting what it held. */
        ByteBuffer take(int bytes) {
            if (memory.capacity() < bytes) {
                memory = ByteBuffer.allocateDirect(bytes);
            }
            return memory.clear().slice(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private Safetensors(Path file, FileChannel channel, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /** @throws io.numclip.data.NumClipException if it is not a regular file, or its header is wrong in any way */
    public static Safetensors open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw SafetensorsHeader.wrong(file, "not a regular file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return open(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Safetensors open(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < PREFIX) {
            throw SafetensorsHeader.wrong(file, "%d bytes, the header needs 8".formatted(size));
        }
        long length = read(file, channel, 0, new Scratch().take(PREFIX)).getLong(0);
        if (length < 0 || length > SafetensorsHeader.LARGEST || length > size - PREFIX) {
            throw SafetensorsHeader.wrong(
                    file,
                    "the header says %s bytes; the file has %d; limit %d"
                            .formatted(Long.toUnsignedString(length), size, SafetensorsHeader.LARGEST));
        }
        ByteBuffer json = read(file, channel, PREFIX, new Scratch().take((int) length));
        byte[] bytes = new byte[(int) length];
        json.get(bytes);
        long dataStart = PREFIX + length;
        return new Safetensors(file, channel, SafetensorsHeader.parse(file, bytes, size - dataStart), dataStart);
    }

    /** All tensors as float32 arrays of a manager, by name. */
    public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        try (Safetensors tensors = open(file)) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (String name : tensors.entries().keySet()) {
                arrays.put(name, tensors.array(name, manager));
            }
            return arrays;
        }
    }

    /** By name, in the order of the file. */
    public Map<String, Entry> entries() {
        return header.entries();
    }

    /** The free strings of the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Whether there is such a tensor.
     *
     * @throws io.numclip.data.NumClipException if there is, and it has another shape
     */
    boolean has(String name, Shape shape) {
        Entry entry = entries().get(name);
        if (entry != null && !entry.shape().equals(shape)) {
            throw SafetensorsHeader.wrong(
                    file, "tensor %s: expected %s, found %s".formatted(name, shape, entry.shape()));
        }
        return entry != null;
    }

    /**
     * One tensor as a float32 array.
     *
     * @throws io.numclip.data.NumClipException if it is absent, not of a floating type, or holds a NaN or an infinity
     */
    public NDArray array(String name, NDManager manager) throws IOException {
        Entry entry = entries().get(name);
        if (entry == null) {
            throw SafetensorsHeader.wrong(file, "no tensor " + name);
        }
        ByteBuffer values = floats(entry);
        try (NDArray view = manager.create(values, entry.shape(), DataType.FLOAT32)) {
            checkFinite(view, values.asFloatBuffer(), name);
            return view.duplicate(); // owns its memory, where the view shares that of the buffer
        }
    }

    private ByteBuffer floats(Entry entry) throws IOException {
        long values = entry.shape().size();
        if (values > Integer.MAX_VALUE / Float.BYTES) {
            throw SafetensorsHeader.wrong(file, "tensor %s: %d values are too many".formatted(entry.name(), values));
        }
        int bytes = (int) (entry.end() - entry.begin());
        return switch (entry.type()) {
            case "F32" -> read(stored.take(bytes), entry);
            case "F16" -> HalfPrecision.widenFloat16(read(stored.take(bytes), entry), widened.take(2 * bytes));
            case "BF16" -> HalfPrecision.widenBfloat16(read(stored.take(bytes), entry), widened.take(2 * bytes));
            default ->
                throw SafetensorsHeader.wrong(
                        file, "tensor %s: type %s, expected F32, F16 or BF16".formatted(entry.name(), entry.type()));
        };
    }

    private void checkFinite(NDArray view, FloatBuffer values, String name) {
        try (NDArray sum = view.sum()) {
            if (Float.isFinite(sum.getFloat())) {
                return;
            }
        }
        long count = 0;
        int first = -1;
        for (int i = values.limit() - 1; i >= 0; i--) {
            if (!Float.isFinite(values.get(i))) {
                count++;
                first = i;
            }
        }
        if (count == 0) {
            return; // large numbers, whose sum alone is not finite
        }
        throw SafetensorsHeader.wrong(
                file, "tensor %s has %d non-finite values (first at %d)".formatted(name, count, first));
    }

    private ByteBuffer read(ByteBuffer buffer, Entry entry) throws IOException {
        return read(file, channel, dataStart + entry.begin(), buffer);
    }

    private static ByteBuffer read(Path file, FileChannel channel, long position, ByteBuffer buffer)
            throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(
                        file + ": changed while reading (it ends before byte " + (position + buffer.limit()) + ")");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
