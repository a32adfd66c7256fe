package io.numclip.input;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pixels of some images, side by side in native memory, without those that could not be read. */
public final class PixelBatch {

    private final ByteBuffer bytes;
    private final Shape imageShape;
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();
    private final Map<Integer, String> problems = new LinkedHashMap<>();

    PixelBatch(ByteBuffer bytes, Shape imageShape) {
        this.bytes = bytes;
        this.imageShape = imageShape;
    }

    /** Takes the image that was written at a place, moving it forward where others before it are missing. */
    void add(int index, int place) {
        int size = imageBytes();
        if (place != indices.size()) {
            bytes.put(indices.size() * size, bytes, place * size, size);
        }
        asked.add(index);
        indices.add(index);
    }

    void leaveOut(int index, String problem) {
        asked.add(index);
        problems.put(index, problem);
    }

    /** Numbers of the images that were wanted, in the order wanted. */
    public List<Integer> asked() {
        return asked;
    }

    /** Numbers of the images that are here, in the same order. */
    public List<Integer> indices() {
        return indices;
    }

    /** Why others are not, by number. */
    public Map<Integer, String> problems() {
        return problems;
    }

    /** N·3·H·W values; valid as long as the batch. */
    public FloatBuffer pixels() {
        return content().asFloatBuffer();
    }

    /**
     * @return (N, 3, H, W) on the CPU, owned by the manager; shares the memory of the batch, and is valid as long. The tower
     *     takes it to its device.
     */
    public NDArray toArray(NDManager manager) {
        try (NDManager cpu = manager.newSubManager(Device.cpu())) {
            NDArray pixels = cpu.create(content(), new Shape(indices.size()).addAll(imageShape), DataType.FLOAT32);
            pixels.attach(manager);
            return pixels;
        }
    }

    ByteBuffer memory() {
        return bytes;
    }

    private ByteBuffer content() {
        return bytes.slice(0, indices.size() * imageBytes()).order(ByteOrder.nativeOrder());
    }

    private int imageBytes() {
        return (int) imageShape.size() * Float.BYTES;
    }
}
