package io.numclip.bench;

import io.numclip.evaluation.Scored;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What all metrics of 100 000 predictions share: bins of labels, ranks, ranked probability scores. */
public class ScoredPredictions extends PartBenchmark {

    private RandomPredictions predictions;

    @Setup
    public void draw() {
        predictions = new RandomPredictions();
    }

    @Benchmark
    public Scored scored() {
        return predictions.scored();
    }
}
