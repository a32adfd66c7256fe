package io.numclip.runner.runs;

import io.numclip.data.NumClipException;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Holm;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.RunPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs that were tested on the same images, each but the first with its difference to the first.
 *
 * @param differences of the absolute errors, of all runs but the first
 * @param pHolm their p values, corrected for their number
 */
record SameImages(List<FinishedRun> runs, List<PairedComparison> differences, List<Double> pHolm) {

    /** @throws NumClipException if an image was tested by one of them only */
    static SameImages of(List<FinishedRun> runs) throws IOException {
        FinishedRun first = runs.get(0);
        List<PairedComparison> differences = new ArrayList<>();
        for (FinishedRun other : runs.subList(1, runs.size())) {
            RunPair pair = RunPair.of(first.folder().path(), other.folder().path(), EvaluationConfig.defaults());
            if (pair.left() > 0) {
                throw refusal(first, other, pair);
            }
            differences.add(pair.absoluteError());
        }
        double[] pHolm = Holm.corrected(
                differences.stream().mapToDouble(PairedComparison::pValue).toArray());
        return new SameImages(runs, differences, Arrays.stream(pHolm).boxed().toList());
    }

    private static NumClipException refusal(FinishedRun first, FinishedRun other, RunPair pair) {
        Path one = first.folder().path();
        Path two = other.folder().path();
        return new NumClipException(
                NumClipException.Kind.DATA,
                one + " and " + two + " were not tested on the same images: " + pair.images() + " are in both, "
                        + pair.left() + " in only one of them",
                "train both with the same data and the same seeds.data; './numclip evaluate " + one + " --against "
                        + two + "' compares them on the images that both have");
    }

    /** The error of a run minus that of the first. */
    double difference(int run) {
        return -differences.get(run - 1).difference();
    }

    double low(int run) {
        return -differences.get(run - 1).interval().high();
    }

    double high(int run) {
        return -differences.get(run - 1).interval().low();
    }

    int clusters(int run) {
        return differences.get(run - 1).clusters();
    }

    double p(int run) {
        return pHolm.get(run - 1);
    }
}
