package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import org.jspecify.annotations.Nullable;

/** One prediction on its scale: the interval, the number, and a stroke where the label is. */
public final class Strip {

    private Strip() {}

    /** @param interval its ends; null if there is none */
    public static Tag of(Axis axis, double label, double value, double @Nullable [] interval) {
        Tag strip = Tag.styled("svg", "strip").set("aria-hidden", "true");
        strip.add(Svg.line("grid", "0", "50%", "100%", "50%"));
        if (interval != null) {
            strip.add(Svg.line("whisker", axis.across(interval[0]), "50%", axis.across(interval[1]), "50%"));
        }
        return strip.add(
                Svg.circle("dot", axis.across(value), "50%", 4),
                Svg.line("truth", axis.across(label), "0", axis.across(label), "100%"));
    }
}
