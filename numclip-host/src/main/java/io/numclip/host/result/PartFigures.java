package io.numclip.host.result;

import io.numclip.data.LabeledPredictions;
import io.numclip.data.Uncertainty;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.uncertainty.coverage.Share;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * In which direction the trained model errs on some test images, and how often it is as sure as it may be.
 *
 * @param bias mean of value − label, in the unit of the label scale
 * @param biasInterval of 95 %, by bootstrap over clusters; null if there are too few images
 * @param coverage how many labels lie in their interval; null if predictions have none
 */
public record PartFigures(
        double bias,
        @Nullable Interval biasInterval,
        @Nullable Share coverage) {

    /**
     * @param some not empty
     * @param group attribute that says which images belong together
     */
    static PartFigures of(LabeledPredictions some, EvaluationConfig config, String group) {
        Clusters clusters = ImageClusters.of(some.images(), group);
        Share coverage = coverage(some, group);
        if (config.resamples() == 0 || clusters.count() < 2) {
            double sum = Arrays.stream(some.values()).sum()
                    - Arrays.stream(some.labels()).sum();
            return new PartFigures(sum / some.size(), null, coverage);
        }
        PairedComparison paired = PairedComparison.of(
                some.values(),
                some.labels(),
                clusters,
                new int[some.size()],
                new Resampling(config.resamples(), config.seed()));
        return new PartFigures(paired.difference(), paired.interval(), coverage);
    }

    private static @Nullable Share coverage(LabeledPredictions some, String group) {
        List<Uncertainty.Interval> intervals = some.predictions().stream()
                .flatMap(prediction -> prediction.interval().stream())
                .toList();
        if (intervals.size() < some.size()) {
            return null;
        }
        boolean[] inside = new boolean[some.size()];
        IntStream.range(0, inside.length)
                .forEach(n -> inside[n] =
                        intervals.get(n).contains(some.images().get(n).label()));
        return Share.of(inside, some.images(), group);
    }
}
