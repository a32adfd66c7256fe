package io.numclip.runner.compare;

import io.numclip.data.LabeledImage;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.runner.report.RunTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A method on a task, over its seeds and folds.
 *
 * @param cells at least one, by seed and fold
 */
record MethodRow(String title, Map<String, CellResult> cells) {

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
        return RunTable.mean(figures(OrdinalMetric.MAE));
    }

    double mean(ToDoubleFunction<CellResult> figure) {
        return cells.values().stream().mapToDouble(figure).average().orElseThrow();
    }

    CellResult any() {
        return cells.values().iterator().next();
    }

    /**
     * Compares both on the images that both have predicted. An image that several seeds have predicted counts once,
     * with the mean of its errors, because these are not independent.
     */
    Optional<PairedComparison> against(MethodRow other) {
        Map<String, List<double[]>> errors = new LinkedHashMap<>();
        cells.forEach((key, cell) -> {
            CellResult theirs = other.cells().get(key);
            if (theirs != null && images(theirs).equals(images(cell))) {
                String fold = key.substring(key.indexOf('|'));
                double[] ours = cell.predictions().errors();
                double[] others = theirs.predictions().errors();
                List<String> images = images(cell);
                for (int i = 0; i < ours.length; i++) {
                    errors.computeIfAbsent(images.get(i) + fold, image -> new ArrayList<>())
                            .add(new double[] {ours[i], others[i]});
                }
            }
        });
        return errors.size() < 2
                ? Optional.empty()
                : Optional.of(PairedComparison.of(means(errors, 0), means(errors, 1), Resampling.defaults()));
    }

    private static List<String> images(CellResult cell) {
        return cell.predictions().images().stream().map(LabeledImage::name).toList();
    }

    private static double[] means(Map<String, List<double[]>> errors, int side) {
        return errors.values().stream()
                .mapToDouble(pairs ->
                        pairs.stream().mapToDouble(pair -> pair[side]).average().orElseThrow())
                .toArray();
    }
}
