package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.uncertainty.coverage.Share;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure with how sure it is, which writes itself as people read it: {@code 2.94 [2.81, 3.07]}.
 *
 * @param figure NaN if it is undefined
 * @param low end of its interval; the figure itself where there is none
 */
public record Measure(double figure, double low, double high, String text) {

    private static final Measure UNDEFINED = new Measure(Double.NaN, Double.NaN, Double.NaN, "undefined");

    /** A figure without an interval. */
    public static Measure of(double figure) {
        return of(figure, PlainText.measured(figure));
    }

    /** @param text as it is written */
    public static Measure of(double figure, String text) {
        return new Measure(figure, figure, figure, text);
    }

    /** Two decimals above 1, below as many as the largest of the three needs; the interval likewise. */
    public static Measure of(double figure, @Nullable Interval interval) {
        double low = interval == null ? figure : interval.low();
        double high = interval == null ? figure : interval.high();
        double largest = Math.max(Math.abs(figure), Math.max(Math.abs(low), Math.abs(high)));
        int decimals = Math.abs(figure) > 1 ? 2 : PlainText.decimals(largest);
        String alone = PlainText.rounded(figure, decimals);
        return new Measure(
                figure,
                low,
                high,
                interval == null
                        ? alone
                        : alone + " [" + PlainText.rounded(low, decimals) + ", " + PlainText.rounded(high, decimals)
                                + "]");
    }

    /** A figure of a model, with its interval. */
    public static Measure of(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null ? UNDEFINED : of(figure, row.intervals().get(metric));
    }

    /** A figure of a model without its interval. */
    public static Measure alone(Comparison.Row row, OrdinalMetric metric) {
        Double figure = row.figures().get(metric);
        return figure == null ? UNDEFINED : of(figure);
    }

    /** A share with its 95 % interval. */
    public static Measure of(@Nullable Share share) {
        return share == null
                ? UNDEFINED
                : new Measure(
                        share.share(),
                        share.low(),
                        share.high(),
                        String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.share(), share.low(), share.high()));
    }

    /** A share in percent. */
    public static Measure percent(double share) {
        return of(share, String.format(Locale.ROOT, "%.1f %%", 100 * share));
    }

    /** Mean and standard deviation over runs; without a deviation for a single one. */
    public static Measure over(List<Double> figures) {
        double mean = mean(figures);
        OptionalDouble deviation = deviation(figures);
        if (deviation.isEmpty()) {
            return of(mean);
        }
        double by = deviation.getAsDouble();
        return new Measure(mean, mean - by, mean + by, PlainText.measured(mean) + " ± " + PlainText.measured(by));
    }

    /** Mean and standard deviation of a model's figures over runs; undefined if one of the runs does not define them. */
    public static Measure over(String model, OrdinalMetric metric, List<Comparison> runs) {
        List<Double> figures = figures(model, metric, runs);
        return figures.size() < runs.size() ? UNDEFINED : over(figures);
    }

    /** Figures of one model and metric, without the runs that do not define it. */
    public static List<Double> figures(String model, OrdinalMetric metric, List<Comparison> runs) {
        return runs.stream()
                .flatMap(run -> Stream.ofNullable(run.row(model).figures().get(metric)))
                .toList();
    }

    /** The mean; of equal figures exactly that figure, which a sum that is divided again may miss. */
    public static double mean(List<Double> figures) {
        DoubleSummaryStatistics all =
                figures.stream().mapToDouble(figure -> figure).summaryStatistics();
        return all.getMin() == all.getMax() ? all.getMin() : all.getAverage();
    }

    /** Standard deviation of a sample: divided by n − 1. */
    public static OptionalDouble deviation(List<Double> figures) {
        if (figures.size() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean(figures);
        double squares = figures.stream()
                .mapToDouble(figure -> (figure - mean) * (figure - mean))
                .sum();
        return OptionalDouble.of(Math.sqrt(squares / (figures.size() - 1)));
    }

    boolean isKnown() {
        return !Double.isNaN(figure);
    }

    @Override
    public String toString() {
        return text;
    }
}
