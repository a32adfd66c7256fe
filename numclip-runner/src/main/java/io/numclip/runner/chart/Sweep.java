package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares that change with a threshold. */
public final class Sweep {

    private Sweep() {}

    /** A share at a threshold, with what a pointer is told. */
    public record Point(double threshold, double share, String hint) {}

    /**
     * @param style empty or {@code warm}
     * @param points by threshold
     */
    public record Line(String style, List<Point> points) {}

    /** @param mark the threshold where a line is drawn from top to bottom; null: nowhere */
    public static Tag of(String description, Axis x, Axis y, List<Line> lines, @Nullable Double mark) {
        List<Tag> marks = new ArrayList<>();
        if (mark != null) {
            marks.add(Svg.line("exact", x.across(mark), "0", x.across(mark), "100%"));
        }
        lines.forEach(line -> add(x, y, line, marks));
        return Frame.of(description, x, y, marks);
    }

    private static void add(Axis x, Axis y, Line line, List<Tag> marks) {
        List<Point> points = line.points();
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            marks.add(Svg.hint(
                    Svg.line(
                            ("whisker " + line.style()).strip(),
                            x.across(from.threshold()),
                            y.down(from.share()),
                            x.across(to.threshold()),
                            y.down(to.share())),
                    to.hint()));
        }
    }
}
