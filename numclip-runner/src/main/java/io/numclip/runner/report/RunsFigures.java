package io.numclip.runner.report;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.result.Comparison;
import io.numclip.runner.page.Tag;
import java.util.List;
import java.util.Locale;

/** The errors of several runs: their means, each of them, and how they differ image by image. */
public final class RunsFigures {

    private static final double LEVEL = 0.05;

    private RunsFigures() {}

    /**
     * The error of every model: its mean, and how much it varies.
     *
     * @param runs the same experiment with different seeds or folds; a single one has its bootstrap interval
     * @param what they differ in, such as {@code folds}
     */
    public static Tag means(List<Comparison> runs, String what, String unit) {
        String trained = runs.get(0).trained().model();
        Table table = RunTable.forChart(runs).sorted("MAE");
        String about = runs.size() > 1
                ? "Mean over " + runs.size() + " " + what + "; the bar is the standard deviation to both sides."
                : "With the 95 % interval.";
        return new Figure("Error of each model", about + " The broken line is the guess.", table, List.of(trained))
                .rows(axis(unit), new RowChart(table, "MAE").reference(mean(Comparison.CONSTANT, runs)))
                .html();
    }

    /** The mean over the runs of the mean absolute error. */
    private static double mean(String model, List<Comparison> runs) {
        return Measure.over(model, OrdinalMetric.MAE, runs).figure();
    }

    private static String axis(String unit) {
        return "mean absolute error, " + unit;
    }

    /** The error of the trained model in each run, with its interval, beside the best constant of that run. */
    public static Tag each(String title, List<String> names, List<Comparison> runs, String unit) {
        Table table = new Table("", "images", "MAE", "MAE of a guess", "accuracy");
        for (int i = 0; i < runs.size(); i++) {
            Comparison run = runs.get(i);
            table.row(
                    names.get(i),
                    run.count(),
                    Measure.of(run.trained(), OrdinalMetric.MAE),
                    Measure.alone(run.row(Comparison.CONSTANT), OrdinalMetric.MAE),
                    Measure.of(run.trained(), OrdinalMetric.ACCURACY));
        }
        String trained = runs.get(0).trained().model();
        return new Figure(title, "With the 95 % interval of each.", table, List.of())
                .key("", trained)
                .key("open", "a guess")
                .key("dash", "mean")
                .rows(
                        axis(unit),
                        new RowChart(table, "MAE")
                                .note("images")
                                .beside("MAE of a guess")
                                .reference(mean(trained, runs)))
                .html();
    }

    /**
     * How much larger an error is than that of a reference, image by image.
     *
     * @param paired the error minus that of the reference
     * @param p after Holm's correction for the number of tests
     */
    public record ErrorDifference(String name, PairedComparison paired, double p) {

        /** Whether chance is an unlikely reason: p below 0.05. */
        public boolean isSure() {
            return p < LEVEL;
        }

        public String pText() {
            return String.format(Locale.ROOT, "%.4f", p);
        }
    }

    /**
     * @param what is compared, such as {@code method}
     * @param about what can be seen
     */
    public static Tag differences(
            String reference, String what, String unit, String about, List<ErrorDifference> differences) {
        Table table = new Table(what, "difference", "p (Holm)", "clusters");
        differences.forEach(each -> table.row(
                each.name(),
                Measure.of(each.paired().difference(), each.paired().interval()),
                each.pText(),
                each.paired().clusters()));
        List<String> sure = differences.stream()
                .filter(ErrorDifference::isSure)
                .map(ErrorDifference::name)
                .toList();
        return new Figure("Difference to " + reference, about, table, sure)
                .rows(
                        "difference, " + unit + " (left is better)",
                        new RowChart(table, "difference").note("p (Holm)").reference(0))
                .html();
    }
}
