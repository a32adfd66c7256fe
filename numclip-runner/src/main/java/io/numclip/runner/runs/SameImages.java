package io.numclip.runner.runs;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Holm;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.RunPair;
import io.numclip.runner.report.DifferencesFigure.Difference;
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
    static SameImages of(List<FinishedRun> runs) {
        FinishedRun first = runs.get(0);
        List<PairedComparison> differences = new ArrayList<>();
        for (FinishedRun other : runs.subList(1, runs.size())) {
            RunPair pair = RunPair.of(first, other, EvaluationConfig.defaults());
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
                "train both with the same data and the same seeds.data; to compare them on the images that both have: "
                        + Invocation.NAME + " evaluate " + Invocation.argument(one) + " --against "
                        + Invocation.argument(two));
    }

    /** The error of each other run minus that of the first. */
    List<Difference> toTheFirst(List<String> names) {
        List<Difference> turned = new ArrayList<>();
        for (int i = 0; i < differences.size(); i++) {
            PairedComparison firstMinusIt = differences.get(i);
            Interval interval = firstMinusIt.interval();
            turned.add(new Difference(
                    names.get(i + 1),
                    -firstMinusIt.difference(),
                    new Interval(-interval.high(), -interval.low()),
                    pHolm.get(i),
                    firstMinusIt.clusters()));
        }
        return turned;
    }
}
