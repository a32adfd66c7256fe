package io.numclip.input;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.data.Prediction;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pixels of some images, one after another in native memory, without the images that could not be read. */
public final class PixelBatch {

    private final NativePixels memory;
    private final List<Integer> indices = new ArrayList<>();
    private final Map<Integer, String> damage = new LinkedHashMap<>();

    /**
     * All of the first images in some memory.
     *
     * @param count at least one; their indices are 0 to count - 1
     */
    public static PixelBatch of(NativePixels memory, int count) {
        PixelBatch batch = new PixelBatch(memory);
        for (int i = 0; i < count; i++) {
            batch.add(i, i);
        }
        return batch;
    }

    PixelBatch(NativePixels memory) {
        this.memory = memory;
    }

    /** Adds the image that was written at a place, moving it forward where images before it are missing. */
    void add(int index, int place) {
        if (place != indices.size()) {
            memory.copy(indices.size(), memory, place);
        }
        indices.add(index);
    }

    /** The decoder says that this image is damaged. */
    public void damaged(int index, String words) {
        damage.put(index, words);
    }

    /** Indices of the images in this batch, in the order requested. */
    public List<Integer> indices() {
        return indices;
    }

    /** What the decoder says is damaged about some of the images in this batch, by index. */
    public Map<Integer, String> damage() {
        return damage;
    }

    /**
     * @param predictions of the images of this batch, in its order
     * @return the same, with what decoders say is damaged
     */
    public List<Prediction> marked(List<Prediction> predictions) {
        return IntStream.range(0, predictions.size())
                .mapToObj(n -> predictions.get(n).withDamage(damage.get(indices.get(n))))
                .toList();
    }

    /**
     * @param form which of the preprocessings, counted from 0
     * @return 3·H·W values of each image, valid as long as the batch is
     */
    public List<FloatBuffer> images(int form) {
        return IntStream.range(0, indices.size())
                .mapToObj(place -> memory.image(place).get(form))
                .toList();
    }

    /** N·3·H·W values of the first form; valid as long as the batch is. */
    public FloatBuffer pixels() {
        return memory.floats(0, indices.size());
    }

    /** What a tower makes of each image. */
    public List<float[]> encoded(ImageEncoder encoder) {
        try (NDManager scope = encoder.manager().newSubManager()) {
            float[] features = encoder.encode(toArray(scope), false).toFloatArray(); // (N, D)
            int dimension = encoder.width();
            return IntStream.range(0, indices.size())
                    .mapToObj(i -> Arrays.copyOfRange(features, i * dimension, (i + 1) * dimension))
                    .toList();
        }
    }

    /** As {@link #toArray(NDManager, int)}, of the first form. */
    public NDArray toArray(NDManager manager) {
        return toArray(manager, 0);
    }

    /**
     * @param form which of the preprocessings, counted from 0
     * @return (N, 3, H, W) on the CPU, owned by the manager; it shares the memory of the batch and is valid as long.
     *     The tower moves it to its device.
     */
    public NDArray toArray(NDManager manager, int form) {
        return memory.toArray(form, indices.size(), manager);
    }
}
