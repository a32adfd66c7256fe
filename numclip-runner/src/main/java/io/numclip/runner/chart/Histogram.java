package io.numclip.runner.chart;

import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many numbers lie in each of some ranges of equal width. */
public final class Histogram {

    private static final int RANGES = 25;

    private Histogram() {}

    /** One of the ranges; the lower end belongs to it. */
    public record Range(double from, double to, int count) {}

    /**
     * Round ranges that hold all numbers, with a border at 0.
     *
     * @param least how much the ranges cover at least; numbers that are all but equal stand in their middle
     */
    public static List<Range> ranges(double[] numbers, double least) {
        double smallest = Arrays.stream(numbers).min().orElse(0);
        double largest = Arrays.stream(numbers).max().orElse(0);
        double around = Math.max(0, least - (largest - smallest)) / 2;
        double low = smallest - around;
        double high = largest + around;
        double step = Axis.step((high - low) / RANGES);
        long first = (long) Math.floor(low / step);
        long last = Math.max(first, (long) Math.floor(high / step));
        int[] counts = new int[Math.toIntExact(last - first + 1)];
        for (double number : numbers) {
            counts[(int) Math.min(counts.length - 1, (long) Math.floor(number / step) - first)]++;
        }
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            ranges.add(new Range((first + i) * step, (first + i + 1) * step, counts[i]));
        }
        return ranges;
    }

    public static Tag of(String description, String title, String count, List<Range> ranges) {
        int most = ranges.stream().mapToInt(Range::count).max().orElse(1);
        Axis x = Axis.exact(
                title, ranges.get(0).from(), ranges.get(ranges.size() - 1).to());
        Axis y = Axis.round(count, 0, most);
        List<Tag> marks = new ArrayList<>();
        ranges.forEach(range -> marks.add(Svg.hint(
                Svg.box(
                        "bar solid",
                        x.across(range.from()),
                        y.down(range.count()),
                        x.length(range.from(), range.to()),
                        y.length(0, range.count())),
                range.count() + " from " + Decimals.text(range.from()) + " to " + Decimals.text(range.to()))));
        if (x.low() <= 0 && x.high() >= 0) {
            marks.add(Svg.line("exact", x.across(0), "0", x.across(0), "100%"));
        }
        return Frame.of(description, x, y, marks);
    }
}
