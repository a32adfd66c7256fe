package io.numclip.training;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;

/** How many threads one native operation may use. */
public final class NativeThreads {

    /** Work that reads files as well. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    private NativeThreads() {}

    /**
     * Operations on a few thousand numbers, such as a step of a head on ready features, take longer when they are spread
     * over threads than on one, much longer where other programs use the processors.
     */
    public static <T> T one(Work<T> work) throws IOException {
        int before = JniUtils.getNumThreads();
        JniUtils.setNumThreads(1);
        try {
            return work.run();
        } finally {
            JniUtils.setNumThreads(before);
        }
    }
}
