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

    private static void collect() {
        ReferenceQueue<Object> freed = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), freed);
        while (freed.poll() != sentinel) {
            System.gc();
            Thread.onSpinWait();
        }
    }
}
