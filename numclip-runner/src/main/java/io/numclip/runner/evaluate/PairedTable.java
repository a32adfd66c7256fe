package io.numclip.runner.evaluate;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.RunPair;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Table;
import java.util.Locale;

/** Two runs side by side: metrics in rows, with the difference, its interval and the p value. */
public final class PairedTable {

    private PairedTable() {}

    public static Table of(RunPair pair) {
        Table table = new Table("metric", pair.first().toString(), pair.second().toString(), "difference", "p");
        add(table, OrdinalMetric.MAE, pair.absoluteError());
        if (pair.sameBins()) {
            add(table, OrdinalMetric.ACCURACY, pair.hits());
        }
        return table;
    }

    /** What is compared; ends with a line break. */
    public static String note(RunPair pair) {
        return "MAE in " + pair.unit() + ", on the " + pair.images() + " test images of both runs ("
                + pair.absoluteError().clusters() + " clusters)"
                + (pair.left() > 0 ? "; " + pair.left() + " that only one run has are left out" : "") + ".\n"
                + (pair.sameBins() ? "" : "The runs have different bins: their accuracies cannot be compared.\n")
                + "Difference: first minus second, with its 95 % bootstrap interval;\np of the paired sign-flip test;"
                + " both by cluster.\n";
    }

    private static void add(Table table, OrdinalMetric metric, PairedComparison paired) {
        table.row(
                metric.title(),
                Measure.of(paired.first()),
                Measure.of(paired.second()),
                Measure.of(paired.difference(), paired.interval()),
                String.format(Locale.ROOT, "%.4f", paired.pValue()));
    }
}
