package io.numclip.clip.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Runs code without building a graph. The engine keeps the gradient mode per thread; it is on in all threads except the
 * one that loaded the engine.
 */
public final class NoGradient {

    private NoGradient() {}

    /** @return what the code returns */
    public static <T> T get(Supplier<T> body) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** A parameter that does not learn. */
    public static Parameter parameter(String name, NDArray array) {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(array)
                .build();
        parameter.freeze(true);
        return parameter;
    }

    /**
     * Overwrites a parameter, also one that is trained.
     *
     * @param values as many as the parameter has
     */
    public static void set(Parameter parameter, NDArray values) {
        get(() -> {
            parameter.getArray().set(new NDIndex("..."), values);
            return true;
        });
    }
}
