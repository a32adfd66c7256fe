package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;

/** Shapes at places in percent, which the browser scales without their lines and letters. */
final class Svg {

    private Svg() {}

    /** @param description read aloud instead of the picture */
    static Tag picture(String description) {
        return Tag.of("svg").set("role", "img").set("aria-label", description);
    }

    /** A picture that only repeats the text beside it. */
    static Tag ornament() {
        return Tag.of("svg").set("aria-hidden", "true");
    }

    static Tag line(String style, String x1, String y1, String x2, String y2) {
        return Tag.styled("line", style)
                .set("x1", x1)
                .set("y1", y1)
                .set("x2", x2)
                .set("y2", y2);
    }

    static Tag circle(String style, String x, String y, Object radius) {
        return Tag.styled("circle", style).set("cx", x).set("cy", y).set("r", radius);
    }

    static Tag box(String style, String x, String y, String width, String height) {
        return Tag.styled("rect", style)
                .set("x", x)
                .set("y", y)
                .set("width", width)
                .set("height", height);
    }

    static Tag text(String style, String x, String y, String text) {
        return Tag.styled("text", style).set("x", x).set("y", y).add(text);
    }

    /** What a pointer that rests on a shape is told. */
    static Tag hint(Tag shape, String hint) {
        return shape.add(Tag.of("title", hint));
    }
}
