package io.numclip.host.predict;

import io.numclip.data.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Takes images from the line and predicts them in batches, until it is interrupted. */
final class Worker implements Runnable {

    private static final long IDLE = 0;

    private final Line line;
    private final Scoring scoring;
    private final EngineListener listener;
    private final Consumer<Job> free;
    private final AtomicLong busySince = new AtomicLong(IDLE);

    /** @param free takes each image that is done with */
    Worker(Line line, Scoring scoring, EngineListener listener, Consumer<Job> free) {
        this.line = line;
        this.scoring = scoring;
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
                List<Job> batch = new ArrayList<>();
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

    private void predict(List<Job> batch) throws InterruptedException {
        List<Job> wanted = new ArrayList<>();
        for (Job job : batch) {
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
    private void predictOrSplit(List<Job> images) {
        try {
            long start = System.nanoTime();
            List<List<Prediction>> predictions =
                    scoring.predict(images.stream().map(Job::decoded).toList());
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

    private void complete(Job image, List<Prediction> predictions) {
        for (int i = 0; i < predictions.size(); i++) {
            listener.predicted(image.models().get(i), predictions.get(i));
        }
        image.result().complete(predictions);
    }
}
