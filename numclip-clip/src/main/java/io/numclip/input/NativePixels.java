package io.numclip.input;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.pixels.ClipPreprocessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Native memory for the pixels of some images, each in one or more forms: as different preprocessings make them. The images
 * of a form lie one after another.
 */
public final class NativePixels {

    private final int images;
    private final List<Form> forms;

    /** @param imageShape (3, H, W) */
    private record Form(Shape imageShape, ByteBuffer bytes) {

        int imageBytes() {
            return (int) imageShape.size() * Float.BYTES;
        }

        ByteBuffer slice(int place, int count) {
            return bytes.slice(place * imageBytes(), count * imageBytes()).order(ByteOrder.nativeOrder());
        }
    }

    private NativePixels(int images, List<Form> forms) {
        this.images = images;
        this.forms = forms;
    }

    /** @param preprocessors one for each form */
    public static NativePixels allocate(List<ClipPreprocessor> preprocessors, int images) {
        return new NativePixels(
                images,
                preprocessors.stream()
                        .map(each -> new Shape(3, each.height(), each.width()))
                        .map(shape -> new Form(shape, allocate(images * shape.size() * Float.BYTES)))
                        .toList());
    }

    /** Java has no longer buffers. */
    private static ByteBuffer allocate(long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new OutOfMemoryError("the pixels of a batch need " + (bytes >> 20) + " MB, of at most "
                    + (Integer.MAX_VALUE >> 20) + " MB in one direct buffer");
        }
        return ByteBuffer.allocateDirect((int) bytes);
    }

    /** For how many images there is room. */
    public int images() {
        return images;
    }

    /** The pixels of one image, 3·H·W for each form, to be written or read. */
    public List<FloatBuffer> image(int place) {
        return forms.stream().map(form -> form.slice(place, 1).asFloatBuffer()).toList();
    }

    /** Copies an image from other memory of the same forms. */
    public void copy(int place, NativePixels source, int sourcePlace) {
        for (int i = 0; i < forms.size(); i++) {
            Form form = forms.get(i);
            form.bytes()
                    .put(
                            place * form.imageBytes(),
                            source.forms.get(i).bytes(),
                            sourcePlace * form.imageBytes(),
                            form.imageBytes());
        }
    }

    /** The first images of one form, N·3·H·W values. */
    FloatBuffer floats(int form, int count) {
        return forms.get(form).slice(0, count).asFloatBuffer();
    }

    /**
     * The first images of one form.
     *
     * @return (N, 3, H, W) on the CPU, owned by the manager; it shares this memory. The tower moves it to its device.
     */
    NDArray toArray(int form, int count, NDManager manager) {
        Form chosen = forms.get(form);
        try (NDManager cpu = manager.newSubManager(Device.cpu())) {
            NDArray pixels =
                    cpu.create(chosen.slice(0, count), new Shape(count).addAll(chosen.imageShape()), DataType.FLOAT32);
            pixels.attach(manager);
            return pixels;
        }
    }
}
