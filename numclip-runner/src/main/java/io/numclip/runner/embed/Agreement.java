package io.numclip.runner.embed;

import io.numclip.clip.Precision;
import io.numclip.runner.report.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far features in one precision are from those in float32: cosines of the same image in both.
 *
 * @param images how many
 * @param lowest cosine
 * @param median cosine
 * @param ofOthers median cosine of each image and the next one in float32: what cosines are where the images differ; NaN for one
 *     image
 */
record Agreement(int images, double lowest, double median, double ofOthers) {

    /**
     * @param exact D numbers of each image
     * @param rounded those of the same images in the other precision
     */
    static Agreement of(List<float[]> exact, List<float[]> rounded) {
        double[] same = IntStream.range(0, exact.size())
                .mapToDouble(i -> cosine(exact.get(i), rounded.get(i)))
                .sorted()
                .toArray();
        double[] others = IntStream.range(1, exact.size())
                .mapToDouble(i -> cosine(exact.get(i - 1), exact.get(i)))
                .sorted()
                .toArray();
        return new Agreement(exact.size(), same[0], median(same), median(others));
    }

    /** The text for the terminal; it ends with a line break. */
    String text(Precision precision) {
        Table table = new Table("", "")
                .row(
                        precision + " and fp32",
                        String.format(
                                Locale.ROOT, "cosine of an image in both: lowest %.5f, median %.5f", lowest, median));
        if (images > 1) {
            table.row(
                    "for comparison",
                    String.format(Locale.ROOT, "cosine of different images in fp32: median %.3f", ofOthers));
        }
        return table.text();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : Arrays.stream(sorted, (sorted.length - 1) / 2, middle + 1)
                        .average()
                        .orElseThrow();
    }

    private static double cosine(float[] a, float[] b) {
        double both = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (double) a[i] * b[i];
            ofA += (double) a[i] * a[i];
            ofB += (double) b[i] * b[i];
        }
        return both / Math.sqrt(ofA * ofB);
    }
}
