package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.kernel.NativeKernel;
import java.util.List;

/** Of a transformer, with a graph of a few operations only ({@code kernel/backward.py}). */
final class LearningPart implements TowerPart {

    private final NativeKernel kernel;
    private final NDArray settings;
    private final List<NDArray> weights;

    /**
     * @param settings of the tower
     * @param weights as {@code image_features} takes them; some may not learn
     * @param owner of the kernel that holds them
     */
    LearningPart(NDArray settings, List<NDArray> weights, NDManager owner) {
        this.settings = settings;
        this.weights = weights;
        kernel = NativeKernel.load(owner);
        kernel.call("hold").list(weights).run(owner, true).close();
    }

    @Override
    public List<NDArray> weights() {
        return weights;
    }

    @Override
    public NDArray forward(NDArray pixels) {
        return kernel.call("image_forward").tensor(pixels).tensor(settings).run(pixels.getManager(), true);
    }

    @Override
    public void backward(NDArray gradient) {
        kernel.call("image_backward")
                .tensor(gradient)
                .tensor(settings)
                .run(gradient.getManager(), true)
                .close();
    }
}
