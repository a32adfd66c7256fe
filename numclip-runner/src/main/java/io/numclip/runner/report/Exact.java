package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.host.run.PlainText;
import io.numclip.runner.page.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A figure of {@code metrics.json} as people read it, with the whole number and its place in the file for programs. */
final class Exact {

    private Exact() {}

    /** Two decimals from 1 on, three below. */
    static Tag of(double number, Object... place) {
        return tag(number, PlainText.figure(number), place);
    }

    /** A share in percent. */
    static Tag percent(double share, Object... place) {
        return tag(share, percentText(share), place);
    }

    /** The two ends of an interval, which is an array in the file. */
    static List<Tag> interval(Interval interval, Object... place) {
        return List.of(
                tag(interval.low(), PlainText.figure(interval.low()), and(place, 0)),
                tag(interval.high(), PlainText.figure(interval.high()), and(place, 1)));
    }

    static String percentText(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static Object[] and(Object[] place, int index) {
        Object[] longer = Arrays.copyOf(place, place.length + 1);
        longer[place.length] = index;
        return longer;
    }

    /** @param place names and indices, which become a JSON pointer */
    private static Tag tag(double number, String text, Object... place) {
        String pointer = List.of(place).stream()
                .map(step -> "/" + String.valueOf(step).replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        return Tag.of("data", text).set("value", number).set("data-at", pointer);
    }
}
