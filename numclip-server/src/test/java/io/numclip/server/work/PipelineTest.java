package io.numclip.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Prediction;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a pipeline while images are in every part of it. */
class PipelineTest {

    private static final int BATCH = 2;
    private static final int IMAGES = 100;

    private final AtomicInteger inMemory = new AtomicInteger();
    private final CountDownLatch predicting = new CountDownLatch(1);

    private final class SlowScoring implements Scoring {

        @Override
        public Decoded read(byte[] image, List<Integer> models) {
            inMemory.incrementAndGet();
            return inMemory::decrementAndGet;
        }

        @Override
        public List<List<Prediction>> predict(List<Decoded> images) {
            predicting.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            return Collections.nCopies(images.size(), List.of());
        }
    }

    private static final class Deaf implements WorkListener {

        @Override
        public void decoded(double seconds, boolean readable) {}

        @Override
        public void predicted(double seconds, int images) {}

        @Override
        public void predicted(int model, Prediction prediction) {}
    }

    /** In a batch that is predicted, in the queue after the decoders, in a decoder that waits for it, and before them. */
    @Test
    void atTheEndAllResultsAreThereOrCancelledAndNoPixelsAreLeft() throws InterruptedException {
        Pipeline pipeline = pipeline(Duration.ZERO);
        List<CompletableFuture<List<Prediction>>> results =
                pipeline.add(Collections.nCopies(IMAGES, new byte[1]), List.of());
        predicting.await();
        assertThat(pipeline.end()).isTrue();
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertThat(results.stream().filter(CompletableFuture::isCancelled)).hasSizeGreaterThan(IMAGES / 2);
        assertThat(inMemory).hasValue(0);
    }

    @Test
    void anImageThatWaitsForOthersIsCancelledAtTheEnd() throws InterruptedException {
        Pipeline pipeline = pipeline(Duration.ofSeconds(10));
        CompletableFuture<List<Prediction>> result =
                pipeline.add(List.of(new byte[1]), List.of()).get(0);
        while (inMemory.get() == 0 || pipeline.waiting() > 0) { // until it is with the worker
            Thread.sleep(1);
        }
        assertThat(pipeline.end()).isTrue();
        assertThat(result).isCancelled();
        assertThat(inMemory).hasValue(0);
    }

    private Pipeline pipeline(Duration delay) {
        return new Pipeline(new SlowScoring(), new Batching(BATCH, delay, 32, 1), Duration.ofSeconds(30), new Deaf());
    }
}
