package io.numclip.bench;

import io.numclip.spi.FineHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The SSR head on 512 images and 101 ranks, forward and backward. */
public class Head extends PartBenchmark {

    private RankBatch batch;
    private FineHead head;

    @Setup
    public void draw() {
        batch = new RankBatch();
        head = batch.ssrHead();
    }

    @Benchmark
    public float ssr() {
        return batch.step(
                (output, truth) -> RankBatch.refined(head, output).value().sum());
    }

    @TearDown
    public void close() {
        batch.close();
    }
}
