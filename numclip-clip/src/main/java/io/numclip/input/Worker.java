package io.numclip.input;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Takes images from the line and predicts them in batches, until it is interrupted. */
final class Worker<R> implements Runnable {

    private static final long IDLE = 0;

    private final Line<R> line;
    private final ImageWork<R> work;
    private final EngineListener<R> listener;
    private final Consumer<Job<R>> free;
    private final AtomicLong busySince = new AtomicLong(IDLE);

    /** @param free takes each image that is done with */
    Worker(Line<R> line, ImageWork<R> work, EngineListener<R> listener, Consumer<Job<R>> free) {
        this.line = line;
        this.work = work;
        this.listener = listener;
        this.free = free;
    }

    /** Whether its batch takes longer than this: native code that never returns cannot be ended. */
    boolean isLost(Duration patience) {
        long since = busySince.get();
        return since != IDLE && System.nanoTime() - since > patience.toNanos();
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<Job<R>> batch = new ArrayList<>();
                try {
                    line.take(batch);
                    predict(batch);
                } finally {
                    batch.forEach(free);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void predict(List<Job<R>> batch) throws InterruptedException {
        List<Job<R>> wanted = new ArrayList<>();
        for (Job<R> job : batch) {
            if (job.awaitRead()) {
                wanted.add(job);
            }
        }
        busySince.set(Math.max(1, System.nanoTime()));
        try {
            if (!wanted.isEmpty()) {
                predictOrSplit(wanted);
            }
        } finally {
            busySince.set(IDLE);
        }
    }

    /** Where a batch fails, each image is tried alone: one image spoils no other. */
    private void predictOrSplit(List<Job<R>> images) {
        try {
            long start = System.nanoTime();
            List<R> found = work.predict(images.stream().map(Job::decoded).toList());
            listener.predicted((System.nanoTime() - start) / 1e9, images.size());
            for (int i = 0; i < images.size(); i++) {
                listener.found(images.get(i).models(), found.get(i));
                images.get(i).result().complete(found.get(i));
            }
        } catch (RuntimeException | Error failure) {
            if (images.size() == 1) {
                images.get(0).result().completeExceptionally(failure);
            } else {
                images.forEach(image -> predictOrSplit(List.of(image)));
            }
        }
    }
}
