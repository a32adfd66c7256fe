package io.numclip.clip.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Threads that compute, each with a number of native threads of its own. A program that exits while native code is computing
 * crashes, so closing waits for what has begun.
 */
public final class ComputingThreads implements Executor, AutoCloseable {

    private final List<CompletableFuture<Boolean>> begun = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> ended = new ArrayList<>();
    private final ThreadPoolExecutor pool;

    private ComputingThreads(String name, int count, int nativeThreads) {
        pool = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> thread(name, nativeThreads, work));
    }

    /**
     * Starts them. A thread that sets its number also sets that of all threads which have computed nothing yet, so they begin
     * one after another with those of other callers, and the number of the calling thread is set again.
     *
     * @param nativeThreads that an operation of each of them uses; 0: they compute nothing in libtorch, which is not loaded
     */
    public static ComputingThreads start(String name, int count, int nativeThreads) {
        if (nativeThreads == 0) {
            return started(name, count, nativeThreads);
        }
        synchronized (ComputingThreads.class) {
            int before = NativeThreads.count();
            ComputingThreads threads = started(name, count, nativeThreads);
            NativeThreads.use(before);
            return threads;
        }
    }

    private static ComputingThreads started(String name, int count, int nativeThreads) {
        ComputingThreads threads = new ComputingThreads(name, count, nativeThreads);
        threads.pool.prestartAllCoreThreads();
        await(threads.begun);
        return threads;
    }

    private Thread thread(String name, int nativeThreads, Runnable work) {
        CompletableFuture<Boolean> begins = new CompletableFuture<>();
        CompletableFuture<Boolean> ends = new CompletableFuture<>();
        begun.add(begins);
        ended.add(ends);
        Thread thread = new Thread(
                () -> {
                    try {
                        if (nativeThreads > 0) {
                            NativeThreads.use(nativeThreads);
                        }
                        begins.complete(true);
                        work.run();
                    } finally {
                        ends.complete(true);
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /**
     * Runs work by all threads.
     *
     * @param work takes 0 to {@code count - 1}
     * @return what it gives, in this order
     */
    public <T> List<T> all(int count, IntFunction<T> work) {
        List<CompletableFuture<T>> running = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> work.apply(i), this))
                .toList();
        running.forEach(each -> each.exceptionally(failure -> null).join()); // all have ended before one fails
        return running.stream().map(ComputingThreads::await).toList();
    }

    /** What was computed, or the failure of the work as it was thrown. */
    public static <T> T await(CompletableFuture<T> computed) {
        try {
            return computed.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause(); // there is nothing else that a function throws
        }
    }

    /** Interrupts the work that has begun; other work does not begin. */
    public void interrupt() {
        pool.shutdownNow();
    }

    /** @return whether all threads have ended in time */
    public boolean awaitEnd(Duration atMost) {
        try {
            return pool.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        pool.shutdown();
        await(ended);
    }

    private static void await(List<CompletableFuture<Boolean>> all) {
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }
}
