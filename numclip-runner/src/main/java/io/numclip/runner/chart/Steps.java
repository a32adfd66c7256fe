package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;

/** The size of the error and its direction, over the ranges of a scale. */
public final class Steps {

    private Steps() {}

    /** A figure with its interval; both ends are the figure where there is none. */
    public record Estimate(double figure, double low, double high) {}

    /**
     * @param error mean of |value − label|
     * @param bias mean of value − label
     */
    public record Step(double from, double to, Estimate error, Estimate bias, String hint) {}

    public static Tag of(String description, Axis x, Axis y, List<Step> steps) {
        List<Tag> marks = new ArrayList<>();
        steps.forEach(step -> marks.add(bar(x, y, step)));
        steps.forEach(step -> {
            double width = step.to() - step.from();
            whisker("whisker", x.across(step.from() + 0.4 * width), y, step.error(), marks);
            String place = x.across(step.from() + 0.6 * width);
            whisker("whisker warm", place, y, step.bias(), marks);
            marks.add(Svg.hint(Svg.circle("dot warm", place, y.down(step.bias().figure()), 4.5), step.hint()));
        });
        return Frame.of(description, x, y, marks);
    }

    private static Tag bar(Axis x, Axis y, Step step) {
        double top = step.error().figure();
        return Svg.hint(
                Svg.box("bar", x.across(step.from()), y.down(top), x.length(step.from(), step.to()), y.length(0, top)),
                step.hint());
    }

    private static void whisker(String style, String place, Axis y, Estimate estimate, List<Tag> marks) {
        marks.add(Svg.line(style, place, y.down(estimate.low()), place, y.down(estimate.high())));
    }
}
