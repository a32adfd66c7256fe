package io.numclip.input;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipPreprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pixels of some images, one after another in native memory, without the images that could not be read. */
public final class PixelBatch {

    private final ByteBuffer bytes;
    private final Shape imageShape;
    private final List<Integer> asked = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();
    private final Map<Integer, String> problems = new LinkedHashMap<>();

    /** Native memory for the pixels of a number of images. */
    public static ByteBuffer allocate(ClipPreprocessor preprocessor, int images) {
        return allocate(imageShape(preprocessor), images);
    }

    static ByteBuffer allocate(Shape imageShape, int images) {
        long bytes = images * imageShape.size() * Float.BYTES;
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    static Shape imageShape(ClipPreprocessor preprocessor) {
        return new Shape(3, preprocessor.height(), preprocessor.width());
    }

    /**
     * Reads images on the calling thread.
     *
     * @param memory with room for them; the batch is valid until other images are read into it
     * @throws IOException if one of them cannot be read; the message says why
     */
    public static PixelBatch read(ImagePixels images, ByteBuffer memory) throws IOException {
        PixelBatch batch = new PixelBatch(memory, imageShape(images.preprocessor()));
        int size = (int) batch.imageShape.size();
        for (int i = 0; i < images.images().size(); i++) {
            images.read(i, memory.asFloatBuffer().slice(i * size, size));
            batch.add(i, i);
        }
        return batch;
    }

    PixelBatch(ByteBuffer bytes, Shape imageShape) {
        this.bytes = bytes;
        this.imageShape = imageShape;
    }

    /** Adds the image that was written at a place, moving it forward where images before it are missing. */
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

    /** Indices of the requested images, in the order requested. */
    public List<Integer> asked() {
        return asked;
    }

    /** Indices of the images in this batch, in the same order. */
    public List<Integer> indices() {
        return indices;
    }

    /** Why the other images could not be read, by index. */
    public Map<Integer, String> problems() {
        return problems;
    }

    /** N·3·H·W values; valid as long as the batch is. */
    public FloatBuffer pixels() {
        return content().asFloatBuffer();
    }

    /**
     * @return (N, 3, H, W) on the CPU, owned by the manager; it shares the memory of the batch and is valid as long.
     *     The tower moves it to its device.
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
