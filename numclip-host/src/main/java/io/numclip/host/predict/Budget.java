package io.numclip.host.predict;

import io.numclip.clip.kernel.NativeThreads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Engine} may use.
 *
 * <p>A worker of one thread waits for nobody. The threads of one operation wait for the slowest of them several hundred times
 * in each batch, which is the thread whose processor another program is using. So many images are predicted faster by several
 * workers with few threads each; an image that comes alone is faster with all threads.
 *
 * @param workers how many batches are predicted at the same time
 * @param threads that an operation of each worker uses
 * @param batch how many images are predicted together at most
 * @param delay how long an image waits for others, once it is decoded; null: batches are put together in the order in which
 *     images come, and wait until they are full
 */
public record Budget(
        int workers, int threads, int batch, @Nullable Duration delay) {

    private static final int READERS_AT_LEAST = 2;

    /** Workers that share the native threads of the calling thread. */
    public static Budget shared(int workers, int batch, @Nullable Duration delay) {
        return new Budget(workers, Math.max(1, NativeThreads.count() / workers), batch, delay);
    }

    @Override
    public String toString() {
        return (workers == 1 ? "1 worker" : workers + " workers") + " of "
                + (threads == 1 ? "1 thread" : threads + " threads");
    }

    int readers() {
        return Math.max(READERS_AT_LEAST, Runtime.getRuntime().availableProcessors());
    }

    /** How many decoded images there are at most: those of the batches that are predicted, and of one that waits. */
    int decoded() {
        return (1 + workers) * batch;
    }

    /** How many images are submitted ahead of the first whose predictions are not yet taken. */
    int ahead() {
        return decoded() + workers * batch;
    }
}
