package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.kernel.NativeKernel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kernel that keeps weights of a tower, as they were at one version of the parameters. */
final class KeptWeights {

    private static final int NONE = -1;

    private final NDManager manager;
    private final NDArray none; // which the kernel reads as: those that are stored
    private @Nullable NativeKernel kernel;
    private int version = NONE;

    KeptWeights(NDManager manager) {
        this.manager = manager;
        this.none = manager.newSubManager(Device.cpu()).create(new Shape(0)); // (0)
    }

    /** A call of a function that takes weights; it has those that were kept last. */
    NativeKernel.Call call(String function) {
        return kernel().call(function).list(List.of(none));
    }

    private synchronized NativeKernel kernel() {
        if (kernel == null) {
            kernel = NativeKernel.load(manager);
        }
        return kernel;
    }

    /**
     * Keeps one weight. It is called as in training, because gradients pass through it to the inputs.
     *
     * @param function of the kernel that keeps a weight
     * @param type what the weight is kept in
     */
    void keep(String function, NDArray weight, Precision type) {
        try (NDManager scope = manager.newSubManager(Device.cpu())) {
            NDArray code = scope.create((float) type.code()); // ()
            kernel().call(function).tensor(weight).tensor(code).run(scope, true);
        }
    }

    /**
     * Keeps the weights of a version, unless it does already.
     *
     * @param all calls {@link #keep} for each
     */
    synchronized void keepAt(int current, Runnable all) {
        if (version != current) {
            forget();
            all.run();
            version = current;
        }
    }

    synchronized void forget() {
        if (version != NONE) {
            try (NDManager scope = manager.newSubManager(Device.cpu())) {
                NDArray nothing = scope.create(0f); // ()
                kernel().call("forget").tensor(nothing).run(scope, true);
            }
            version = NONE;
        }
    }
}
