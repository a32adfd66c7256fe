package io.numclip.bench;

import io.numclip.evaluation.Scored;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What all metrics of 100 000 predictions share: bins of labels, ranks, ranked probability scores. */
public class Scoring extends PartBenchmark {

    private Answers answers;

    @Setup
    public void draw() {
        answers = new Answers();
    }

    @Benchmark
    public Scored scored() {
        return answers.scored();
    }
}
