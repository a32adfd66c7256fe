package io.numclip.input;

import io.numclip.clip.kernel.ComputingThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Images in, predictions out: readers decode them, workers send them through the models in batches. Where the workers are
 * slower, the readers wait, so that memory for pixels is bounded. What is found is the same, bit by bit, whatever the number
 * of workers is.
 *
 * @param <R> what is found in an image
 */
public final class Engine<R> implements AutoCloseable {

    private final ImageWork<R> work;
    private final Budget budget;
    private final EngineListener<R> listener;
    private final BlockingQueue<Job<R>> unread = new LinkedBlockingQueue<>();
    private final Line<R> line;
    private final Semaphore
            room; // for decoded images; a reader takes a place before it takes an image, so the first go first
    private final List<Worker<R>> workers;
    private final List<Thread> readers;
    private final ComputingThreads computing;
    private final Set<Job<R>> open = ConcurrentHashMap.newKeySet(); // without a result

    /**
     * Takes what was found in an item.
     *
     * @param <R> what is found in an image
     */
    @FunctionalInterface
    public interface Sink<T, R> {
        void found(T item, R found) throws IOException;
    }

    public Engine(ImageWork<R> work, Budget budget) {
        this(work, budget, new EngineListener<>() {});
    }

    public Engine(ImageWork<R> work, Budget budget, EngineListener<R> listener) {
        this.work = work;
        this.budget = budget;
        this.listener = listener;
        this.line = new Line<>(budget);
        this.room = new Semaphore(budget.decoded() + budget.readers());
        this.workers = Stream.generate(() -> new Worker<R>(line, work, listener, this::free))
                .limit(budget.workers())
                .toList();
        this.readers = Stream.generate(() -> new Thread(this::read, "image-reader"))
                .limit(budget.readers())
                .toList();
        this.computing = ComputingThreads.start("image-worker", budget.workers(), budget.threads());
        workers.forEach(computing::execute);
        readers.forEach(reader -> {
            reader.setDaemon(true);
            reader.start();
        });
    }

    /**
     * Adds an image.
     *
     * @param image in a form that the models read
     * @param models indices of those that are asked
     * @return what is found in it, also if it cannot be read. Cancelled, the image is passed over
     */
    public synchronized CompletableFuture<R> submit(Object image, List<Integer> models) {
        Job<R> job = new Job<>(image, models);
        open.add(job);
        CompletableFuture<R> unused = job.result().whenComplete((predictions, failure) -> open.remove(job));
        if (isInOrder()) {
            line.add(job);
        }
        unread.add(job);
        return job.result();
    }

    private boolean isInOrder() {
        return budget.delay() == null;
    }

    private record Running<T, R>(T item, CompletableFuture<R> found) {}

    /**
     * Sends items through models, a few batches ahead of the sink, and ends after the batches that have begun if the thread is
     * interrupted, or if the work or the sink fails. For an engine that does nothing else.
     *
     * @param items asked for on the calling thread
     * @param image of an item
     * @param models indices of those that are asked
     * @param sink called on this thread, in the order of the items
     * @throws IOException if the sink fails
     * @throws java.util.concurrent.CancellationException if this thread was interrupted
     */
    public <T> void run(Iterator<T> items, Function<T, ?> image, List<Integer> models, Sink<T, R> sink)
            throws IOException {
        Deque<Running<T, R>> running = new ArrayDeque<>();
        while (isLeft(items)) {
            T item = items.next();
            running.add(new Running<>(item, submit(image.apply(item), models)));
            tell(running, budget.ahead() - 1, sink);
        }
        line.endBatch();
        tell(running, 0, sink);
    }

    private static boolean isLeft(Iterator<?> items) {
        Stopping.ifAsked();
        return items.hasNext();
    }

    /** @param most how many may go on running */
    private static <T, R> void tell(Deque<Running<T, R>> running, int most, Sink<T, R> sink) throws IOException {
        while (running.size() > most
                || (!running.isEmpty() && running.getFirst().found().isDone())) {
            Running<T, R> next = running.removeFirst();
            sink.found(next.item(), ComputingThreads.await(next.found()));
            Stopping.ifAsked();
        }
    }

    /** What a reader does. */
    private void read() {
        try {
            while (true) {
                room.acquire();
                read(unread.take());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Job<R> job) {
        boolean readable = false;
        if (job.isWanted()) {
            long start = System.nanoTime();
            readable = job.read(work);
            listener.decoded((System.nanoTime() - start) / 1e9, readable);
        }
        if (!readable) {
            room.release();
        } else if (!isInOrder()) {
            line.add(job);
        }
        job.leaveReader();
    }

    private void free(Job<R> job) {
        if (job.free()) {
            room.release();
        }
    }

    /** How many workers there are. */
    public int workers() {
        return workers.size();
    }

    /** How many workers are held by a batch for longer than this. */
    public int lostWorkers(Duration patience) {
        return (int) workers.stream().filter(worker -> worker.isLost(patience)).count();
    }

    /** Images that wait for a worker. */
    public int waiting() {
        return line.size();
    }

    /**
     * Ends the threads; results that still do not come are cancelled.
     *
     * @return whether all workers have ended; while one has not, its models must stay open
     */
    public boolean end(Duration atMost) {
        readers.forEach(Thread::interrupt);
        computing.interrupt();
        boolean ended = computing.awaitEnd(atMost);
        List.copyOf(open).forEach(job -> job.result().cancel(false));
        line.clear(this::free);
        return ended;
    }

    /** Waits for the batches that have begun: a program that exits while native code is computing crashes. */
    @Override
    public void close() {
        readers.forEach(Thread::interrupt);
        computing.interrupt();
        computing.close();
    }
}
