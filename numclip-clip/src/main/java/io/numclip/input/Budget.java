package io.numclip.input;

import ai.djl.Device;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.machine.MachineMemory;
import io.numclip.machine.ProcessorShare;
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
 * @param threads that an operation of each worker uses; 0: they are not ours to choose
 * @param batch how many images are predicted together at most
 * @param delay how long an image waits for others, once it is decoded; null: batches are put together in the order in which
 *     images come, and wait until they are full
 */
public record Budget(
        int workers, int threads, int batch, @Nullable Duration delay) {

    private static final int READERS_AT_LEAST = 2;

    /**
     * Workers that share native threads.
     *
     * @param threads as {@link ImageWork#nativeThreads}
     */
    public static Budget shared(int threads, int workers, int batch, @Nullable Duration delay) {
        return new Budget(workers, threads == 0 ? 0 : Math.max(1, threads / workers), batch, delay);
    }

    /**
     * For images on one tower.
     *
     * @param images how many will come
     */
    public static Budget of(ImageEncoder encoder, int batch, int images) {
        return forImages(
                NativeThreads.count(),
                images,
                batch,
                mostWorkers(encoder.manager().getDevice(), encoder.memory(), batch));
    }

    /** As many workers as there are whole batches, which share native threads. */
    public static Budget forImages(int threads, int images, int batch, int mostWorkers) {
        return shared(threads, Math.max(1, Math.min(mostWorkers, images / batch)), batch, null);
    }

    /**
     * As many workers as there are processors, or fewer where memory is short; one on a GPU.
     *
     * @param model what the image towers need together
     */
    public static int mostWorkers(Device device, TowerMemory model, int batch) {
        return device.isGpu() ? 1 : fittingWorkers(ProcessorShare.chosen(), model, batch, MachineMemory.read());
    }

    static int fittingWorkers(int processors, TowerMemory model, int batch, MachineMemory machine) {
        int workers = processors;
        while (workers > 1 && !fits(model, machine, workers, batch)) {
            workers--;
        }
        return workers;
    }

    /**
     * How many images go through a network together: the usual number, or half of it, a quarter and so on, down to 1, until
     * their pixels take no more than half of the memory that is left beside the weights. No number depends on it.
     *
     * @param workers calls of the network at the same time
     */
    public static int fittingBatch(int usual, TowerMemory model, MachineMemory machine, int workers) {
        int batch = usual;
        while (batch > 1 && !fits(model, machine, workers, batch)) {
            batch /= 2;
        }
        return batch;
    }

    /** A batch waits, and each worker has the pixels of a batch twice: of single images, and together. */
    private static boolean fits(TowerMemory model, MachineMemory machine, int workers, int batch) {
        return model.fits(machine, workers, (1L + 2L * workers) * batch);
    }

    @Override
    public String toString() {
        return (workers == 1 ? "1 worker" : workers + " workers")
                + (threads == 0 ? "" : threads == 1 ? " of 1 thread" : " of " + threads + " threads");
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
