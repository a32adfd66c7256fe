package io.numclip.model;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Runs code without building a graph. The engine keeps the gradient mode per thread; it is on in all threads except the
 * one that loaded the engine.
 */
final class NoGradient {

    private NoGradient() {}

    static <T> T get(Supplier<T> body) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return body.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    static void run(Runnable body) {
        get(() -> {
            body.run();
            return true;
        });
    }
}
