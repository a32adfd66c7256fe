package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.runner.experiment.Comparison;
import io.numclip.runner.experiment.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of the test images and models in rows; MAE and accuracy. */
public final class ViewTable {

    private static final List<OrdinalMetric> METRICS = List.of(OrdinalMetric.MAE, OrdinalMetric.ACCURACY);

    private ViewTable() {}

    public static Table of(View view) {
        List<String> header = new ArrayList<>(List.of(view.name(), "images", "model"));
        METRICS.forEach(metric -> header.add(metric.title()));
        List<List<String>> rows = new ArrayList<>();
        view.parts()
                .forEach((part, comparison) ->
                        comparison.rows().forEach(row -> rows.add(row(part, comparison.count(), row))));
        return new Table(header, rows);
    }

    static String html(List<View> views) {
        return views.stream().map(view -> of(view).html(trained(view))).collect(Collectors.joining())
                + Html.paragraph(
                        "Labels with above 100 training images are many, with 20 to 100 medium, with fewer few.");
    }

    private static String trained(View view) {
        return view.parts().values().iterator().next().trained().model();
    }

    private static List<String> row(String part, int images, Comparison.Row row) {
        List<String> cells = new ArrayList<>(List.of(part, String.valueOf(images), row.model()));
        METRICS.forEach(metric -> cells.add(ComparisonTable.cell(row, metric)));
        return cells;
    }
}
