package io.numclip.clip.kernel;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;

/** How many threads one native operation may use. */
public final class NativeThreads {

    /** Work that may read files. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    private NativeThreads() {}

    /** How many threads an operation uses now; the variable OMP_NUM_THREADS sets it. */
    public static int count() {
        NativeLibrary.engine(); // loads the library, where nothing has been computed yet
        return JniUtils.getNumThreads();
    }

    /** Lets each operation of the calling thread, and of threads that have computed nothing yet, use this many threads. */
    public static void use(int threads) {
        count(); // else the first operation of a thread would undo it
        JniUtils.setNumThreads(threads);
    }

    /**
     * Runs work with one thread per operation. Operations on a few thousand numbers, such as a training step of a head
     * on cached features, are slower on several threads than on one, and much slower where other programs use the
     * processors.
     */
    public static <T> T one(Work<T> work) throws IOException {
        int before = count();
        JniUtils.setNumThreads(1);
        try {
            return work.run();
        } finally {
            JniUtils.setNumThreads(before);
        }
    }
}
