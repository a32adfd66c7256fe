package io.numclip.input;

import java.util.concurrent.CancellationException;

/**
 * Ends long work between two batches, when its thread has been interrupted. A program that ends while native code
 * computes crashes, so who wants it to end interrupts the thread and waits.
 */
public final class Stopping {

    private Stopping() {}

    /** @throws CancellationException if the current thread was interrupted; it is not any more, so that files can be closed */
    public static void ifAsked() {
        if (Thread.interrupted()) {
            throw new CancellationException("stopped");
        }
    }
}
