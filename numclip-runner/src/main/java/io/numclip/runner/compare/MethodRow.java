package io.numclip.runner.compare;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.host.compare.CellResult;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.result.ImageClusters;
import io.numclip.host.result.NamedImage;
import io.numclip.runner.report.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A method on a task, over its seeds and folds.
 *
 * @param config of one of the trainings; the others differ in seed, fold and learning rates
 * @param cells at least one
 */
record MethodRow(String title, ExperimentConfig config, Map<Run, CellResult> cells) {

    /** One of a method's trainings. */
    record Run(long seed, String fold, double factor) {}

    /** A figure for each cell that defines the metric. */
    List<Double> figures(OrdinalMetric metric) {
        return cells.values().stream()
                .map(cell -> cell.model().get(metric.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    List<Double> constants(OrdinalMetric metric) {
        return cells.values().stream()
                .map(cell -> cell.constant().get(metric.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** MAE of the cells that have test images in a part. */
    List<Double> part(String name) {
        return cells.values().stream()
                .map(cell -> cell.parts().get(name))
                .filter(Objects::nonNull)
                .toList();
    }

    double mae() {
        return Measure.mean(figures(OrdinalMetric.MAE));
    }

    double mean(ToDoubleFunction<CellResult> figure) {
        return cells.values().stream().mapToDouble(figure).average().orElseThrow();
    }

    CellResult any() {
        return cells.values().iterator().next();
    }

    /** How many independent groups the test images of one training have. */
    int clusters() {
        return ImageClusters.of(any().predictions().images(), NamedImage.GROUP).count();
    }

    /**
     * Compares both on the images and seeds that both have.
     *
     * @return empty if these images are of fewer than 2 clusters
     * @throws NumClipException if an image has different labels
     */
    Optional<PairedComparison> against(MethodRow other) {
        Map<String, CellResult> theirs = new HashMap<>();
        other.cells().forEach((run, cell) -> theirs.put(run.seed() + "|" + run.fold(), cell));
        List<Pair> pairs = new ArrayList<>();
        cells.forEach((run, cell) -> {
            CellResult their = theirs.get(run.seed() + "|" + run.fold());
            if (their != null) {
                pairs.addAll(pairs(run.seed(), cell, their));
            }
        });
        Clusters clusters = Clusters.of(pairs.stream().map(Pair::cluster).toList());
        if (clusters.count() < 2) {
            return Optional.empty();
        }
        List<Long> seeds = pairs.stream().map(Pair::seed).distinct().toList();
        return Optional.of(PairedComparison.of(
                pairs.stream().mapToDouble(Pair::ours).toArray(),
                pairs.stream().mapToDouble(Pair::theirs).toArray(),
                clusters,
                pairs.stream().mapToInt(pair -> seeds.indexOf(pair.seed())).toArray(),
                Resampling.defaults()));
    }

    /** The absolute errors of both on one image. */
    private record Pair(String cluster, long seed, double ours, double theirs) {}

    private static List<Pair> pairs(long seed, CellResult cell, CellResult other) {
        LabeledPredictions theirs = other.predictions();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < theirs.size(); i++) {
            places.put(theirs.images().get(i).name(), i);
        }
        double[] ourErrors = cell.predictions().errors();
        double[] theirErrors = theirs.errors();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < ourErrors.length; i++) {
            LabeledImage image = cell.predictions().images().get(i);
            Integer place = places.get(image.name());
            if (place != null) {
                refuseOtherLabel(cell, image, other, theirs.images().get(place));
                String cluster = ImageClusters.name(image, NamedImage.GROUP);
                pairs.add(new Pair(cluster, seed, ourErrors[i], theirErrors[place]));
            }
        }
        return pairs;
    }

    /** Settings of a method can give an image another label. */
    private static void refuseOtherLabel(CellResult cell, LabeledImage ours, CellResult other, LabeledImage theirs) {
        if (ours.label() != theirs.label()) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    ours.name() + " has the label " + ours.label() + " for " + cell.title() + " and " + theirs.label()
                            + " for " + other.title() + "; their errors cannot be compared",
                    "give all methods the same labels: leave settings of the task out of the methods");
        }
    }
}
