package io.numclip.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the work between two batches on Ctrl-C and SIGTERM: the working thread is interrupted and awaited, because
 * native code that still computes while the process ends would crash.
 */
final class GracefulEnd extends Thread {

    private static final int PATIENCE_SECONDS = 20;

    private final Thread worker;
    private final CountDownLatch ended = new CountDownLatch(1);

    private GracefulEnd(Thread worker) {
        super("graceful-end");
        this.worker = worker;
    }

    /** For the current thread. */
    static GracefulEnd install() {
        GracefulEnd end = new GracefulEnd(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(end);
        return end;
    }

    /** Exits, once the work is done or has been interrupted. */
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
