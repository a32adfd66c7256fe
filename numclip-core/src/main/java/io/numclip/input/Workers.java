package io.numclip.input;

import ai.djl.Device;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.kernel.ComputingThreads;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.machine.MachineMemory;
import io.numclip.machine.ProcessorShare;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes on batches of images by several workers at once, over shared weights. What they find arrives on the calling thread,
 * in the order of the batches, and is the same, bit by bit, whatever the number of workers is.
 *
 * <p>A worker of one thread waits for nobody. The threads of one operation wait for the slowest of them several hundred times
 * in each batch, which is the thread whose processor another program is using. So there are as many workers as processors,
 * of one thread each, as long as there are as many whole batches; fewer batches are given to fewer workers of several threads.
 */
public final class Workers {

    /** Takes what was found in a batch. */
    @FunctionalInterface
    public interface Sink<R> {

        /** @param batch valid during this call */
        void found(PixelBatch batch, R found) throws IOException;
    }

    /** How the processors were shared out. */
    public record Shares(int workers, int threads) {
        @Override
        public String toString() {
            return (workers == 1 ? "1 worker" : workers + " workers") + " of "
                    + (threads == 1 ? "1 thread" : threads + " threads");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int HELD_BY_EACH = 2; // the next batch waits, so that a slow worker delays no other

    private final int processors;
    private final int most;

    /** @param most workers */
    Workers(int processors, int most) {
        this.processors = processors;
        this.most = most;
    }

    /**
     * For an image tower.
     *
     * @param images how many will come
     */
    public static Workers of(ImageEncoder encoder, int batchSize, int images) {
        int most = most(encoder.manager().getDevice(), encoder.memory(), batchSize);
        return new Workers(ProcessorShare.chosen(), forImages(images, batchSize, most));
    }

    /** As many as there are whole batches. */
    static int forImages(int images, int batchSize, int most) {
        return Math.max(1, Math.min(most, images / batchSize));
    }

    /**
     * As many as there are processors, or fewer where memory is short; one on a GPU.
     *
     * @param model what the image towers need together
     */
    public static int most(Device device, TowerMemory model, int batchSize) {
        return device.isGpu() ? 1 : fitting(ProcessorShare.chosen(), model, batchSize, MachineMemory.read());
    }

    static int fitting(int processors, TowerMemory model, int batchSize, MachineMemory machine) {
        int workers = processors;
        while (workers > 1 && !model.fits(machine, workers, (long) batchSize * batchesInMemory(workers))) {
            workers--;
        }
        return workers;
    }

    private static int batchesInMemory(int workers) {
        return PixelBatches.AHEAD + held(workers);
    }

    /** How many batches they use at the same time: {@link PixelBatches} must keep so many. */
    int held() {
        return held(most);
    }

    private static int held(int workers) {
        return workers == 1 ? 1 : HELD_BY_EACH * workers;
    }

    /**
     * Ends after the batches that have begun if the thread is interrupted, or if the work or the sink fails.
     *
     * @param batches of a {@link PixelBatches} or {@link ImageBatches} that was made with these workers
     * @param work called by any thread
     * @param sink called by this thread
     * @throws IOException if the sink fails
     * @throws java.util.concurrent.CancellationException if this thread was interrupted
     */
    public <R> Shares run(Iterator<PixelBatch> batches, Function<PixelBatch, R> work, Sink<R> sink) throws IOException {
        Shares shares = new Shares(most, processors / most);
        LOG.debug("Images are computed on by {}.", shares);
        if (most == 1) {
            while (isLeft(batches)) {
                PixelBatch batch = batches.next();
                sink.found(batch, work.apply(batch));
            }
        } else {
            together(shares, batches, work, sink);
        }
        return shares;
    }

    private static boolean isLeft(Iterator<PixelBatch> batches) {
        Stopping.ifAsked();
        return batches.hasNext();
    }

    private record Running<R>(PixelBatch batch, CompletableFuture<R> found) {}

    private static <R> void together(
            Shares shares, Iterator<PixelBatch> batches, Function<PixelBatch, R> work, Sink<R> sink)
            throws IOException {
        Deque<Running<R>> running = new ArrayDeque<>();
        try (ComputingThreads threads = ComputingThreads.start("image-worker", shares.workers(), shares.threads())) {
            try {
                while (isLeft(batches)) {
                    PixelBatch batch = batches.next();
                    running.add(new Running<>(batch, CompletableFuture.supplyAsync(() -> work.apply(batch), threads)));
                    tell(running, held(shares.workers()) - 1, sink);
                }
                tell(running, 0, sink);
            } finally {
                running.forEach(each -> each.found().cancel(false)); // what has not begun does not begin
            }
        }
    }

    /**
     * In the order of the batches.
     *
     * @param most how many may go on running
     */
    private static <R> void tell(Deque<Running<R>> running, int most, Sink<R> sink) throws IOException {
        while (running.size() > most
                || (!running.isEmpty() && running.getFirst().found().isDone())) {
            Running<R> next = running.getFirst();
            R found = ComputingThreads.await(next.found());
            running.removeFirst();
            sink.found(next.batch(), found);
        }
    }
}
