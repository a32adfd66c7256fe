package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.Parts;
import io.numclip.host.run.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Parts of the test images and models in rows; MAE and accuracy with their intervals. */
public final class PartsTable {

    private static final int MOST_PARTS = 30;
    private static final List<OrdinalMetric> METRICS = List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY);

    private PartsTable() {}

    /** Only the largest parts, if there are very many. */
    public static Table of(Parts divided) {
        List<String> header = new ArrayList<>(List.of(divided.name(), "images", "model"));
        METRICS.forEach(metric -> header.add(metric.title()));
        Set<String> largest = largest(divided);
        List<List<String>> rows = new ArrayList<>();
        divided.parts().forEach((part, comparison) -> {
            if (largest.contains(part)) {
                comparison.rows().forEach(row -> rows.add(row(part, comparison.count(), row)));
            }
        });
        return new Table(header, rows);
    }

    /** More of the trained model: its bias, and how many labels lie in their interval, with 95 % intervals. */
    public static Table trained(Parts divided) {
        boolean covered = isCovered(divided);
        List<String> header = new ArrayList<>(List.of(divided.name(), "images", "bias"));
        if (covered) {
            header.add("coverage");
        }
        Set<String> largest = largest(divided);
        List<List<String>> rows = new ArrayList<>();
        divided.trained().forEach((part, figures) -> {
            Comparison whole = divided.parts().get(part);
            if (whole != null && largest.contains(part)) {
                List<String> row = new ArrayList<>(List.of(PlainText.printable(part), String.valueOf(whole.count())));
                row.add(FigureText.withInterval(figures.bias(), figures.biasInterval()));
                if (covered) {
                    row.add(CutTables.text(figures.coverage()));
                }
                rows.add(row);
            }
        });
        return new Table(header, rows);
    }

    /** What the columns of {@link #trained} mean. */
    public static String trainedNote(Parts divided, String unit) {
        return "Bias: the mean of prediction minus label, in " + unit + "."
                + (isCovered(divided) ? " Coverage: the share of the labels in their interval." : "");
    }

    private static boolean isCovered(Parts divided) {
        return divided.trained().values().stream().anyMatch(part -> part.coverage() != null);
    }

    /** A line about the parts that the table leaves out; empty if it shows all. */
    public static String note(Parts divided) {
        int left = divided.parts().size() - MOST_PARTS;
        return left > 0 ? left + " smaller parts are left out.\n" : "";
    }

    static Set<String> largest(Parts divided) {
        Comparator<Map.Entry<String, Comparison>> bySize =
                Comparator.comparingInt(part -> part.getValue().count());
        return divided.parts().entrySet().stream()
                .sorted(bySize.reversed())
                .limit(MOST_PARTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<String> row(String part, int images, Comparison.Row row) {
        List<String> cells = new ArrayList<>(List.of(PlainText.printable(part), String.valueOf(images), row.model()));
        METRICS.forEach(metric -> cells.add(FigureText.withInterval(row, metric)));
        return cells;
    }
}
