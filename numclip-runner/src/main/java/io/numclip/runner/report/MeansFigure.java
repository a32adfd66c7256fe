package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The error of every model over several runs of the same experiment: its mean, and how much it varies. */
public final class MeansFigure {

    private MeansFigure() {}

    /**
     * @param runs the same experiment with different seeds or folds; a single one has its bootstrap interval
     * @param what they differ in, such as {@code folds}
     */
    public static Tag of(String title, List<Comparison> runs, String what, String unit) {
        String trained = runs.get(0).trained().model();
        List<Spans.Row> rows = new ArrayList<>();
        runs.get(0)
                .rows()
                .forEach(row -> rows.add(row(row.model(), runs, row.model().equals(trained))));
        rows.sort(Comparator.comparingDouble(Spans.Row::figure));
        double most = rows.stream().mapToDouble(Spans.Row::high).max().orElse(1);
        String about = runs.size() > 1
                ? "Mean over " + runs.size() + " " + what + "; the bar is the standard deviation to both sides."
                : "With the 95 % interval.";
        return Figure.of(
                title,
                about + " The broken line is the guess.",
                Spans.of(Axis.round("mean absolute error, " + unit, 0, most), mean(Comparison.CONSTANT, runs), rows),
                RunTable.of(runs).html(trained));
    }

    /** The mean over the runs of the mean absolute error. */
    public static double mean(String model, List<Comparison> runs) {
        return RunTable.mean(RunTable.figures(model, OrdinalMetric.MAE, runs));
    }

    private static Spans.Row row(String model, List<Comparison> runs, boolean ours) {
        List<Double> figures = RunTable.figures(model, OrdinalMetric.MAE, runs);
        double mean = RunTable.mean(figures);
        double deviation = RunTable.deviation(figures).orElse(0);
        Interval interval =
                runs.size() == 1 ? runs.get(0).row(model).intervals().get(OrdinalMetric.MAE) : null;
        return new Spans.Row(
                model,
                "",
                interval == null ? RunTable.cell(figures) : FigureText.withInterval(mean, interval),
                mean,
                interval == null ? mean - deviation : interval.low(),
                interval == null ? mean + deviation : interval.high(),
                null,
                ours);
    }

    /** The error of the trained model in each run, with its interval, beside the best constant of that run. */
    public static Tag ofEach(String title, List<String> names, List<Comparison> runs, String unit) {
        List<Spans.Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Comparison run = runs.get(i);
            double guess = run.row(Comparison.CONSTANT).mae();
            rows.add(ErrorSpan.of(names.get(i), PlainText.counted(run.count(), "image"), run.trained(), guess, false));
        }
        double most = rows.stream()
                .mapToDouble(row -> Math.max(row.high(), Objects.requireNonNull(row.other())))
                .max()
                .orElse(1);
        Tag key = Keys.of(
                Keys.entry("", runs.get(0).trained().model()),
                Keys.entry("open", "a guess"),
                Keys.entry("dash", "mean"));
        double mean = mean(runs.get(0).trained().model(), runs);
        Tag chart = Spans.of(Axis.round("mean absolute error, " + unit, 0, most), mean, rows);
        return Figure.of(
                title,
                "With the 95 % interval of each.",
                Tag.styled("div", "all").add(key, chart),
                each(names, runs));
    }

    private static Tag each(List<String> names, List<Comparison> runs) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Comparison run = runs.get(i);
            cells.add(List.of(
                    names.get(i),
                    String.valueOf(run.count()),
                    FigureText.withInterval(run.trained(), OrdinalMetric.MAE),
                    FigureText.of(run.row(Comparison.CONSTANT), OrdinalMetric.MAE),
                    FigureText.withInterval(run.trained(), OrdinalMetric.ACCURACY)));
        }
        return new Table(List.of("", "images", "MAE", "MAE of a guess", "accuracy"), cells).html();
    }
}
