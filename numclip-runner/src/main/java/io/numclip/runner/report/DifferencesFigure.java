package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.List;
import java.util.Locale;

/** By how much errors differ from that of one among them, image by image. */
public final class DifferencesFigure {

    private static final double LEVEL = 0.05;

    private DifferencesFigure() {}

    /**
     * A difference to the reference.
     *
     * @param difference error minus that of the reference
     * @param p after the correction for the number of tests
     * @param clusters of images
     */
    public record Difference(String name, double difference, Interval interval, double p, int clusters) {

        /** Whether chance is an unlikely reason: p below 0.05. */
        public boolean isSure() {
            return p < LEVEL;
        }

        public String pText() {
            return String.format(Locale.ROOT, "%.4f", p);
        }

        private String text() {
            return FigureText.withInterval(difference, interval);
        }

        private Spans.Row span() {
            return new Spans.Row(
                    name, "p " + pText(), text(), difference, interval.low(), interval.high(), null, isSure());
        }
    }

    /**
     * @param what is compared, such as {@code method}
     * @param about what can be seen
     */
    public static Tag of(String reference, String what, String unit, String about, List<Difference> differences) {
        List<Spans.Row> spans = differences.stream().map(Difference::span).toList();
        List<List<String>> cells = differences.stream()
                .map(each -> List.of(each.name(), each.text(), each.pText(), String.valueOf(each.clusters())))
                .toList();
        return Figure.of(
                "Difference to " + reference,
                about,
                Spans.aroundZero("difference, " + unit + " (left is better)", spans),
                new Table(List.of(what, "difference", "p (Holm)", "clusters"), cells).html());
    }
}
