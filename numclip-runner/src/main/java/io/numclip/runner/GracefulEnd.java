package io.numclip.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM end the work between two batches: the thread that works is interrupted and waited for, because native
 * code that computes while the process ends crashes.
 */
final class GracefulEnd extends Thread {

    private static final int PATIENCE_SECONDS = 20;

    private final Thread worker;
    private final CountDownLatch ended = new CountDownLatch(1);

    private GracefulEnd(Thread worker) {
        super("graceful-end");
        this.worker = worker;
    }

    /** Watches over the current thread. */
    static GracefulEnd install() {
        GracefulEnd end = new GracefulEnd(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(end);
        return end;
    }

    /** The work has ended by itself, or because it was told to. */
    void exit(int code) {
        ended.countDown();
        System.exit(code);
    }

    @Override
    public void run() {
        if (ended.getCount() > 0) {
            worker.interrupt();
            await();
        }
    }

    private void await() {
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
