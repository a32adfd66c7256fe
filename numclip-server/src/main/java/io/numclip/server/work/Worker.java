package io.numclip.server.work;

import io.numclip.data.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Takes decoded images from a queue and predicts them in batches, until it is interrupted. */
final class Worker implements Runnable {

    private static final long IDLE = 0;

    private final BlockingQueue<ImageJob> queue;
    private final Scoring scoring;
    private final Batching batching;
    private final WorkListener listener;
    private final AtomicLong busySince = new AtomicLong(IDLE);

    Worker(BlockingQueue<ImageJob> queue, Scoring scoring, Batching batching, WorkListener listener) {
        this.queue = queue;
        this.scoring = scoring;
        this.batching = batching;
        this.listener = listener;
    }

    /** Whether its batch takes longer than this: native code that never returns cannot be ended. */
    boolean isLost(Duration patience) {
        long since = busySince.get();
        return since != IDLE && System.nanoTime() - since > patience.toNanos();
    }

    @Override
    public void run() {
        scoring.share(batching.workers());
        try {
            while (!Thread.currentThread().isInterrupted()) {
                predict(nextBatch());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for an image, and for others as long as the delay allows. */
    private List<ImageJob> nextBatch() throws InterruptedException {
        List<ImageJob> batch = new ArrayList<>();
        try {
            fill(batch);
            return batch;
        } catch (InterruptedException end) {
            batch.forEach(ImageJob::free);
            throw end;
        }
    }

    private void fill(List<ImageJob> batch) throws InterruptedException {
        ImageJob next = queue.take();
        long until = System.nanoTime() + batching.maxBatchDelay().toNanos();
        while (next != null) {
            batch.add(next);
            next = batch.size() == batching.batchSize()
                    ? null
                    : queue.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void predict(List<ImageJob> batch) {
        List<ImageJob> wanted = batch.stream().filter(ImageJob::isWanted).toList();
        busySince.set(Math.max(1, System.nanoTime()));
        try {
            if (!wanted.isEmpty()) {
                predictOrSplit(wanted);
            }
        } finally {
            busySince.set(IDLE);
            batch.forEach(ImageJob::free);
        }
    }

    /** Where a batch fails, each image is tried alone: one image spoils no other. */
    private void predictOrSplit(List<ImageJob> images) {
        try {
            long start = System.nanoTime();
            List<List<Prediction>> predictions =
                    scoring.predict(images.stream().map(ImageJob::decoded).toList());
            listener.predicted((System.nanoTime() - start) / 1e9, images.size());
            for (int i = 0; i < images.size(); i++) {
                complete(images.get(i), predictions.get(i));
            }
        } catch (RuntimeException | Error failure) {
            if (images.size() == 1) {
                images.get(0).result().completeExceptionally(failure);
            } else {
                images.forEach(image -> predictOrSplit(List.of(image)));
            }
        }
    }

    private void complete(ImageJob image, List<Prediction> predictions) {
        for (int i = 0; i < predictions.size(); i++) {
            listener.predicted(image.models().get(i), predictions.get(i));
        }
        image.result().complete(predictions);
    }
}
