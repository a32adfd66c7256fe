package io.numclip.runner.report;

import io.numclip.host.run.Comparison;
import io.numclip.host.run.Parts;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The error on parts of the test images, with its interval. */
final class PartsFigure {

    private PartsFigure() {}

    /** @param whole all test images, whose error is the broken line */
    static Tag of(Parts divided, Comparison whole, String unit) {
        Set<String> largest = PartsTable.largest(divided);
        List<Spans.Row> rows = new ArrayList<>();
        for (Map.Entry<String, Comparison> part : divided.parts().entrySet()) {
            if (largest.contains(part.getKey())) {
                rows.add(row(part.getKey(), part.getValue()));
            }
        }
        double most = rows.stream()
                .mapToDouble(row -> Math.max(row.high(), Objects.requireNonNull(row.other())))
                .max()
                .orElse(1);
        Tag chart = Spans.of(
                Axis.round("mean absolute error, " + unit, 0, most),
                whole.trained().mae(),
                rows);
        return Figure.of(
                title(divided.name()),
                about(divided.name()) + PartsTable.note(divided).strip(),
                Tag.styled("div", "all")
                        .add(
                                Keys.of(
                                        Keys.entry("", "the model"),
                                        Keys.entry("open", "the guess"),
                                        Keys.entry("dash", "the model on all images")),
                                chart),
                PartsTable.of(divided).html(whole.trained().model()));
    }

    private static Spans.Row row(String name, Comparison part) {
        return ErrorSpan.of(
                PlainText.printable(name),
                images(part),
                part.trained(),
                part.row(Comparison.CONSTANT).mae(),
                false);
    }

    /** How many, in words. */
    static String images(Comparison part) {
        return PlainText.counted(part.count(), "image");
    }

    static String title(String name) {
        return name.equals(Parts.LONG_TAIL) ? "By how often the label was trained" : "By " + name;
    }

    private static String about(String name) {
        return name.equals(Parts.LONG_TAIL)
                ? "Labels with many training images have more than 100, those with few less than 20. "
                : "";
    }
}
