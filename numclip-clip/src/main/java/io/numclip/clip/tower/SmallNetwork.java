package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.kernel.NoGradient;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small convolutional network that learns from nothing but the images of a task. Each convolution halves the sides of the
 * image; after it the channels of each place are normalised (as in ConvNeXt: Liu et al., "A ConvNet for the 2020s", CVPR 2022),
 * and the exact GELU follows. Means and maxima over all places are the features. Nothing is kept of the images before: the same
 * image has the same features in training and prediction.
 */
final class SmallNetwork {

    /** Images that are encoded together in prediction; the first one fills them up, so that company changes no bit. */
    private static final int TOGETHER = 16;

    private static final int PARTS = 3; // weights of a convolution: its kernel, and two of its norm
    private static final float EPSILON = 1e-5f;
    private static final double FIRST = 1.0 / 30;

    private SmallNetwork() {}

    /** It is computed in float32, whatever is asked for; other towers as asked. */
    static Precision precision(ClipConfig config, Precision asked) {
        return config.vision().isConvolutional() ? Precision.FP32 : asked;
    }

    /**
     * Standard deviation of a kernel's initial weights: a thirtieth of what He et al. (ICCV 2015) derive. The norm that follows
     * undoes every factor, but steps of the optimizer weigh thirty times as much: rates that suit a CLIP suit this network.
     *
     * @param shape (channels, inputs, 3, 3)
     */
    static double deviation(Shape shape) {
        long inputs = shape.size() / shape.get(0);
        return FIRST * Math.sqrt(2.0 / inputs);
    }

    /** Bytes of all maps of one image, each once before its norm, after it, and after the activation. */
    static long bytes(ClipConfig.Vision vision) {
        long numbers = 0;
        for (int i = 0; i < vision.layers(); i++) {
            long side = (vision.imageSize() >> (i + 1)) + 1L;
            numbers += side * side * vision.channels(i);
        }
        return 3 * numbers * Float.BYTES;
    }

    /** What it needs for predictions. */
    static TowerMemory memory(ClipConfig config) {
        long pixels = 3L * config.vision().imageSize() * config.vision().imageSize() * Float.BYTES;
        return new TowerMemory(weightBytes(config), TOGETHER * (bytes(config.vision()) + pixels), pixels);
    }

    private static long weightBytes(ClipConfig config) {
        return Float.BYTES
                * ClipWeights.image(config).values().stream()
                        .mapToLong(Shape::size)
                        .sum();
    }

    /**
     * @param pixels (N, 3, H, W)
     * @param training true keeps the graph
     * @return (N, D)
     */
    static NDArray encode(NDArray pixels, List<NDArray> weights, boolean training) {
        return training ? features(pixels, weights) : NoGradient.get(() -> predicted(pixels, weights));
    }

    private static NDArray predicted(NDArray pixels, List<NDArray> weights) {
        long images = pixels.getShape().get(0);
        NDManager owner = pixels.getManager();
        try (NDManager scope = owner.newSubManager()) {
            NDList all = new NDList();
            for (NDArray some : BatchParts.of(pixels, TOGETHER)) {
                some.attach(scope);
                long missing = TOGETHER - some.getShape().get(0);
                NDArray full = missing == 0
                        ? some
                        : some.concat(some.get(new NDIndex("0:1")).repeat(0, missing));
                all.add(features(full, weights)); // (16, D)
            }
            NDArray features = all.size() == 1 ? all.get(0) : NDArrays.concat(all);
            NDArray asked = features.get(new NDIndex("0:{}", images)).duplicate(); // (N, D)
            asked.attach(owner);
            return asked;
        }
    }

    /**
     * @param weights in the order of {@code ClipWeights}, on the device of the result
     * @return (N, D), attached to the manager of {@code pixels}
     */
    static NDArray features(NDArray pixels, List<NDArray> weights) {
        NDManager owner = pixels.getManager();
        try (NDManager scope = owner.newSubManager()) {
            NDArray x = pixels.toDevice(weights.get(0).getDevice(), true); // (N, 3, H, W)
            x.attach(scope);
            for (int i = 0; i < weights.size(); i += PARTS) {
                x = convolved(x, weights.get(i), weights.get(i + 1), weights.get(i + 2)); // (N, C, H', W')
            }
            NDArray places = x.flatten(2, 3); // (N, C, H'·W')
            NDArray features = places.mean(new int[] {2}).concat(places.max(new int[] {2}), 1); // (N, 2·C)
            features.attach(owner);
            return features;
        }
    }

    /** With the engine's own gradients. */
    static final class Part implements TowerPart {

        private final List<NDArray> weights;
        private @Nullable NDArray features;

        Part(List<NDArray> weights) {
            this.weights = weights;
        }

        @Override
        public List<NDArray> weights() {
            return weights;
        }

        @Override
        public NDArray forward(NDArray pixels) {
            JniUtils.setGradMode(true); // of this thread, which computes nothing else
            features = SmallNetwork.features(pixels, weights);
            return features.stopGradient();
        }

        @Override
        public void backward(NDArray gradient) {
            try (NDArray last = Objects.requireNonNull(features)) {
                JniUtils.backward((PtNDArray) last, (PtNDArray) gradient, false, false);
            }
        }
    }

    private static NDArray convolved(NDArray x, NDArray kernel, NDArray gain, NDArray offset) {
        Shape two = new Shape(2, 2);
        Shape one = new Shape(1, 1);
        NDArray sums = Conv2d.conv2d(x, kernel, null, two, one, one, 1).singletonOrThrow(); // (N, C, H/2, W/2)
        NDArray last = sums.transpose(0, 2, 3, 1); // (N, H/2, W/2, C)
        Shape channels = new Shape(kernel.getShape().get(0));
        NDArray normed =
                LayerNorm.layerNorm(last, channels, gain, offset, EPSILON).singletonOrThrow(); // (N, H/2, W/2, C)
        return Activation.gelu(normed).transpose(0, 3, 1, 2); // (N, C, H/2, W/2)
    }
}
