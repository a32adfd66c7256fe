package io.numclip.bench;

import io.numclip.spi.RankingLoss;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A ranking loss with its defaults on 512 images and 101 ranks, forward and backward. */
public class Losses extends PartBenchmark {

    @Param({
        "absolute-error",
        "bradley-terry",
        "coral",
        "corn",
        "cross-modal-ordinal",
        "dldl",
        "dldl-v2",
        "emd",
        "mean-variance",
        "pairwise-ranking",
        "rank-n-contrast",
        "ranking-ce",
        "ranking-kl",
        "sord",
        "unimodal-beta",
        "unimodal-binomial",
        "unimodal-exponential",
        "unimodal-poisson",
        "unimodal-triangular",
        "weighted-kappa"
    })
    private String type;

    private RankBatch batch;
    private RankingLoss loss;

    @Setup
    public void draw() throws IOException, ReflectiveOperationException {
        batch = new RankBatch();
        loss = new BuiltInLosses().create(type, batch.context());
    }

    @Benchmark
    public float loss() {
        return batch.step(loss::evaluate);
    }

    @TearDown
    public void close() {
        batch.close();
    }
}
