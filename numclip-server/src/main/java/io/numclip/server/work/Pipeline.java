package io.numclip.server.work;

import io.numclip.data.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Images of all requests on their way to predictions: as many decoders as cores, then a queue of two batches, then the
 * workers. Where the workers are slower, the decoders wait, so that memory for pixels is bounded.
 */
public final class Pipeline {

    private static final int BATCHES_AHEAD = 2;
    private static final int SECONDS_TO_END = 5;

    private final Scoring scoring;
    private final WorkListener listener;
    private final Duration patience;
    private final BlockingQueue<ImageJob> decoded;
    private final ExecutorService decoders;
    private final ExecutorService threads;
    private final List<Worker> workers = new ArrayList<>();
    private final Set<ImageJob> open = ConcurrentHashMap.newKeySet(); // without a result

    /** @param patience how long a batch may take before its worker counts as lost */
    public Pipeline(Scoring scoring, Batching batching, Duration patience, WorkListener listener) {
        this.scoring = scoring;
        this.listener = listener;
        this.patience = patience;
        this.decoded = new ArrayBlockingQueue<>(BATCHES_AHEAD * batching.batchSize());
        this.decoders = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), daemon("decoder"));
        this.threads = Executors.newFixedThreadPool(batching.workers(), daemon("worker"));
        for (int i = 0; i < batching.workers(); i++) {
            Worker worker = new Worker(decoded, scoring, batching, listener);
            workers.add(worker);
            threads.execute(worker);
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Adds the images of one request.
     *
     * @param models indices of those that are asked
     * @return for each image its result, one prediction of each model that is asked; cancelled, the image is passed over
     */
    public List<CompletableFuture<List<Prediction>>> add(List<byte[]> images, List<Integer> models) {
        List<ImageJob> jobs =
                images.stream().map(image -> new ImageJob(image, models)).toList();
        for (ImageJob job : jobs) {
            open.add(job);
            CompletableFuture<List<Prediction>> unused =
                    job.result().whenComplete((predictions, failure) -> open.remove(job));
            decoders.execute(() -> decode(job));
        }
        return jobs.stream().map(ImageJob::result).toList();
    }

    private void decode(ImageJob job) {
        if (!job.isWanted()) {
            return;
        }
        long start = System.nanoTime();
        boolean readable = job.decode(scoring);
        listener.decoded((System.nanoTime() - start) / 1e9, readable);
        if (readable) {
            hand(job);
        }
    }

    private void hand(ImageJob job) {
        try {
            decoded.put(job);
        } catch (InterruptedException end) {
            job.free();
            Thread.currentThread().interrupt();
        }
    }

    /** How many workers there are. */
    public int workers() {
        return workers.size();
    }

    /** How many workers are held by a batch for longer than a request may take. */
    public int lostWorkers() {
        return (int) workers.stream().filter(worker -> worker.isLost(patience)).count();
    }

    /** Whether anything can still be predicted. */
    public boolean isAlive() {
        return lostWorkers() < workers.size();
    }

    /** Images that wait for a worker. */
    public int waiting() {
        return decoded.size();
    }

    /**
     * Ends the threads; results that still do not come are cancelled.
     *
     * @return whether all of them have ended; while one has not, its models must stay open
     */
    public boolean end() {
        decoders.shutdownNow();
        threads.shutdownNow();
        try {
            return decoders.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)
                    && threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            for (ImageJob job = decoded.poll(); job != null; job = decoded.poll()) {
                job.free();
            }
            open.forEach(job -> job.result().cancel(false));
        }
    }
}
