package io.numclip.server;

import io.numclip.data.NumClipException;
import io.numclip.input.Budget;
import java.time.Duration;

/**
 * How images of several requests are predicted together; the names are those of DJL Serving.
 *
 * @param batchSize how many images are predicted together at most
 * @param maxBatchDelay how long an image waits for others
 * @param jobQueueSize how many requests are accepted and not yet answered at most
 * @param workers how many batches are predicted at the same time; they share the cores
 */
public record Batching(int batchSize, Duration maxBatchDelay, int jobQueueSize, int workers) {

    /** The number of images that are predicted together where there is enough memory. */
    public static final int USUAL_SIZE = 8;

    private static final int MOST_IN_BATCH = 256;
    private static final int MOST_MILLIS = 10_000;
    private static final int MOST_JOBS = 10_000;
    private static final int MOST_WORKERS = 64;
    private static final int MOST_USUAL_WORKERS = 4;

    public Batching {
        require("batch_size", batchSize, 1, MOST_IN_BATCH);
        require("max_batch_delay", maxBatchDelay.toMillis(), 0, MOST_MILLIS);
        require("job_queue_size", jobQueueSize, 1, MOST_JOBS);
        require("workers", workers, 1, MOST_WORKERS);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    name + ": expected a number within [" + least + ", " + most + "], found " + value,
                    "choose one within these ends");
        }
    }

    /** Batches of 8, 10 ms of waiting, 32 requests, {@link #usualWorkers()}. */
    public static Batching defaults() {
        return new Batching(USUAL_SIZE, Duration.ofMillis(10), 32, usualWorkers());
    }

    /** @param threads as {@link io.numclip.input.ImageWork#nativeThreads} */
    Budget budget(int threads) {
        return Budget.shared(threads, workers, batchSize, maxBatchDelay);
    }

    /** The same with other batches. */
    public Batching withSize(int size) {
        return new Batching(size, maxBatchDelay, jobQueueSize, workers);
    }

    /**
     * One for each two processors, from 2 to 4; with one processor 1. Many images are predicted faster by several workers
     * with few threads each than by one with all of them; an image that comes alone is slower.
     */
    public static int usualWorkers() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.min(processors, Math.max(2, Math.min(MOST_USUAL_WORKERS, processors / 2)));
    }
}
