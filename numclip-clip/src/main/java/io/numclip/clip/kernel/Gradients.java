package io.numclip.clip.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** Gradients that the engine has accumulated. */
public final class Gradients {

    private Gradients() {}

    /**
     * A handle that closes with the scope (the engine would leave it to the array's manager); null before the backward
     * pass.
     */
    public static @Nullable NDArray of(NDArray array, NDManager scope) {
        PtNDArray gradient = JniUtils.getGradient((PtNDArray) array);
        if (gradient != null) {
            gradient.attach(scope);
        }
        return gradient;
    }
}
