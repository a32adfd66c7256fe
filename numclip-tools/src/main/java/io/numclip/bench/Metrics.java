package io.numclip.bench;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.Scored;
import java.util.OptionalDouble;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A metric of 100 000 predictions, on top of {@link ScoredPredictions}. */
public class Metrics extends PartBenchmark {

    @Param
    private OrdinalMetric metric;

    private Scored scored;

    @Setup
    public void score() {
        scored = new RandomPredictions().scored();
    }

    @Benchmark
    public OptionalDouble figure() {
        return metric.of(scored);
    }
}
