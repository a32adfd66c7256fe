package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Predictions over labels, with the line on which both are equal. */
public final class Scatter {

    private static final int FEW_LABELS = 40;
    private static final int OFTEN = 3; // points of each label
    private static final double JITTER = 0.3;

    private Scatter() {}

    /** @param hint what a pointer on the point is told */
    public record Point(double label, double value, String hint) {}

    /**
     * Where there are few different labels, points are moved a little to the sides, so that they do not hide each other.
     *
     * @param label a labels' axis with the same ends as that of the values
     */
    public static Tag of(String description, Axis label, Axis value, List<Point> points) {
        List<Tag> marks = new ArrayList<>();
        marks.add(Svg.line(
                "exact",
                label.across(label.low()),
                value.down(label.low()),
                label.across(label.high()),
                value.down(label.high())));
        double width = JITTER * gap(points);
        SplittableRandom random = new SplittableRandom(1);
        for (Point point : points) {
            double moved = point.label() + width * (2 * random.nextDouble() - 1);
            marks.add(Svg.hint(Svg.circle("point", label.across(moved), value.down(point.value()), 3.2), point.hint()));
        }
        return Frame.of(description, label, value, marks);
    }

    /** Whether points are moved to the sides. */
    public static boolean isJittered(List<Point> points) {
        return gap(points) > 0;
    }

    /** The smallest distance between two labels; 0 if there are many. */
    private static double gap(List<Point> points) {
        double[] labels =
                points.stream().mapToDouble(Point::label).distinct().sorted().toArray();
        if (labels.length > FEW_LABELS || labels.length < 2 || points.size() < OFTEN * labels.length) {
            return 0;
        }
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < labels.length; i++) {
            gap = Math.min(gap, labels[i] - labels[i - 1]);
        }
        return gap;
    }
}
