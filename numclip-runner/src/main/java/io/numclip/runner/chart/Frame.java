package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.List;

/** Two axes with their numbers, and marks between them. */
final class Frame {

    private Frame() {}

    /** @param description of the whole chart, for those who hear the page */
    static Tag of(String description, Axis x, Axis y, List<Tag> marks) {
        Tag picture = Svg.picture(description);
        y.ticks()
                .forEach(tick -> picture.add(
                        Svg.line(tick == 0 ? "zero" : "grid", "0", y.down(tick), "100%", y.down(tick)),
                        Svg.text("left", "0", y.down(tick), y.text(tick))
                                .set("dx", "-0.6em")
                                .set("dy", "0.32em")));
        x.ticks()
                .forEach(tick -> picture.add(
                        Svg.line("grid", x.across(tick), "0", x.across(tick), "100%"),
                        Svg.text("middle", x.across(tick), "100%", x.text(tick)).set("dy", "1.5em")));
        picture.add(
                Svg.text("middle name", "50%", "100%", x.title()).set("dy", "3em"),
                Svg.text("name", "0", "0", y.title()).set("dx", "-2.6em").set("dy", "-0.9em"));
        return Tag.styled("div", "frame").add(picture.add(marks));
    }
}
