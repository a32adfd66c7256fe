package io.numclip.input;

import java.util.concurrent.CancellationException;

/**
 * Ends long work between two batches when its thread has been interrupted. A program that exits while native code is
 * computing crashes; to end it, interrupt the thread and wait.
 */
public final class Stopping {

    private Stopping() {}

    /**
     * @throws CancellationException if the current thread was interrupted; its interrupt status is cleared, so that
     *     files can be closed
     */
    public static void ifAsked() {
        if (Thread.interrupted()) {
            throw new CancellationException("stopped");
        }
    }
}
