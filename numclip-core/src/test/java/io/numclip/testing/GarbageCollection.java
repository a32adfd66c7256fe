package io.numclip.testing;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A garbage collection at the worst moment: native memory without a reference is freed and reused. */
final class GarbageCollection {

    private static final int ROUNDS = 2;
    private static final int BUFFERS = 2000;
    private static final int MILLISECONDS = 1000; // until it is asked for once more

    private GarbageCollection() {}

    static void provoke() {
        for (int i = 0; i < ROUNDS; i++) {
            collect();
        }
        List<ByteBuffer> squatters = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            squatters.add(ByteBuffer.allocateDirect(Float.BYTES).putFloat(0, -1e6f));
        }
        if (squatters.size() != BUFFERS) {
            throw new IllegalStateException("buffers must live until here");
        }
    }

    /** Waits for the thread that hands over references: asking again and again collects everything anew each time. */
    private static void collect() {
        ReferenceQueue<Object> freed = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), freed);
        try {
            do {
                System.gc();
            } while (freed.remove(MILLISECONDS) != sentinel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while garbage was collected", e);
        }
    }
}
