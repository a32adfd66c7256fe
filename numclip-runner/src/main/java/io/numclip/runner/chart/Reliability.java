package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;

/** How often something that was said with some probability is so, with the line on which both are equal. */
public final class Reliability {

    private static final double SMALLEST = 3;
    private static final double LARGEST = 11;

    private Reliability() {}

    /** @param images how many there are: the area of the circle */
    public record Point(double said, double found, int images, String hint) {}

    public static Tag of(String description, String said, String found, List<Point> points) {
        Axis x = Axis.exact(said, 0, 1);
        Axis y = Axis.exact(found, 0, 1);
        int most = points.stream().mapToInt(Point::images).max().orElse(1);
        List<Tag> marks = new ArrayList<>();
        marks.add(Svg.line("exact", "0", "100%", "100%", "0"));
        points.forEach(point -> marks.add(Svg.hint(
                Svg.circle(
                        "point",
                        x.across(point.said()),
                        y.down(point.found()),
                        Math.round(10 * Math.max(SMALLEST, LARGEST * Math.sqrt((double) point.images() / most)))
                                / 10.0),
                point.hint())));
        return Frame.of(description, x, y, marks);
    }
}
