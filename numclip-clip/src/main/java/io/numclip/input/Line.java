package io.numclip.input;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images that wait for a worker. One worker after another takes a batch, so that batches are runs of the line. */
final class Line<R> {

    private final Job<R> endOfBatch = new Job<>("", List.of());
    private final Budget budget;
    private final BlockingQueue<Job<R>> jobs = new LinkedBlockingQueue<>();
    private final ReentrantLock taking = new ReentrantLock();

    Line(Budget budget) {
        this.budget = budget;
    }

    void add(Job<R> job) {
        jobs.add(job);
    }

    /** Lets what is in the line wait for no others. */
    void endBatch() {
        jobs.add(endOfBatch);
    }

    int size() {
        return jobs.size();
    }

    /** Waits for an image, and for others as long as the delay allows. */
    void take(List<Job<R>> batch) throws InterruptedException {
        taking.lockInterruptibly();
        try {
            @Nullable Job<R> next = jobs.take();
            long start = System.nanoTime();
            while (next != null && next != endOfBatch) {
                batch.add(next);
                next = batch.size() == budget.batch() ? null : next(start);
            }
        } finally {
            taking.unlock();
        }
    }

    private @Nullable Job<R> next(long start) throws InterruptedException {
        Duration delay = budget.delay();
        return delay == null
                ? jobs.take()
                : jobs.poll(Math.max(0, delay.toNanos() - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
    }

    void clear(Consumer<Job<R>> free) {
        for (Job<R> job = jobs.poll(); job != null; job = jobs.poll()) {
            free.accept(job);
        }
    }
}
