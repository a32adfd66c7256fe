package io.numclip.clip.pixels;

import java.util.Arrays;

/**
 * One axis of Pillow's antialiased {@code Image.resize}, in Pillow's fixed-point arithmetic, so that 8-bit results are
 * identical: each output pixel is a weighted sum of neighbours, with weights scaled by 2^22, rounded and clipped.
 *
 * <p>The horizontal pass comes first, as in Pillow up to 12; Pillow 13 begins with the vertical pass for some shapes,
 * which changes some values by 1 of 255. Only a window of the output is computed: what a crop removes costs nothing.
 */
public final class PillowResize {

    private static final int PRECISION_BITS = 32 - 8 - 2;
    private static final int ROUND = 1 << (PRECISION_BITS - 1);

    /** Pillow's reconstruction filters, with their numbers in {@code preprocessor_config.json}. */
    public enum Filter {
        BILINEAR(2, 1) {
            @Override
            double weight(double x) {
                return Math.max(0, 1 - Math.abs(x));
            }
        },
        BICUBIC(3, 2) {
            @Override
            double weight(double signed) {
                double x = Math.abs(signed);
                if (x < 1) {
                    return ((A + 2) * x - (A + 3)) * x * x + 1;
                }
                return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
            }
        };

        private static final double A = -0.5;

        final int number;
        final double support;

        Filter(int number, double support) {
            this.number = number;
            this.support = support;
        }

        abstract double weight(double x);
    }

    private final int[] starts; // first input pixel of each output pixel
    private final int[][] weights; // of each output pixel's neighbours, scaled by 2^22

    private PillowResize(int[] starts, int[][] weights) {
        this.starts = starts;
        this.weights = weights;
    }

    /**
     * Weights for the output pixels {@code first … first + count - 1} of an axis that is resized from {@code inputSize}
     * to {@code outputSize} pixels.
     */
    static PillowResize axis(Filter filter, int inputSize, int outputSize, int first, int count) {
        double scale = (double) inputSize / outputSize;
        double filterScale = Math.max(scale, 1);
        double support = filter.support * filterScale;
        int[] starts = new int[count];
        int[][] weights = new int[count][];
        for (int i = 0; i < count; i++) {
            double center = (first + i + 0.5) * scale;
            int start = Math.max((int) (center - support + 0.5), 0);
            int end = Math.min((int) (center + support + 0.5), inputSize);
            starts[i] = start;
            weights[i] = weights(filter, center, start, end, 1 / filterScale);
        }
        return new PillowResize(starts, weights);
    }

    private static int[] weights(Filter filter, double center, int start, int end, double inverseScale) {
        int count = end - start;
        double[] exact = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            exact[i] = filter.weight((i + start - center + 0.5) * inverseScale);
            sum += exact[i];
        }
        int[] fixed = new int[count];
        for (int i = 0; i < count; i++) {
            double weight = (sum == 0 ? exact[i] : exact[i] / sum) * (1 << PRECISION_BITS);
            fixed[i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        return fixed;
    }

    int size() {
        return starts.length;
    }

    /** First input pixel that the window reads. */
    int inputStart() {
        return starts[0];
    }

    /** One past the last input pixel that the window reads. */
    int inputEnd() {
        int last = starts.length - 1;
        return starts[last] + weights[last].length;
    }

    /**
     * Resizes a row.
     *
     * @param red from input pixel 0 on, 0 to 255; likewise {@code green} and {@code blue}
     * @param output receives the window of red, then of green, then of blue, 0 to 255
     */
    void alongRow(int[] red, int[] green, int[] blue, int[] output) {
        int size = starts.length;
        for (int i = 0; i < size; i++) {
            int[] weight = weights[i];
            int start = starts[i];
            int redSum = ROUND;
            int greenSum = ROUND;
            int blueSum = ROUND;
            for (int k = 0; k < weight.length; k++) {
                redSum += red[start + k] * weight[k];
                greenSum += green[start + k] * weight[k];
                blueSum += blue[start + k] * weight[k];
            }
            output[i] = clip(redSum);
            output[size + i] = clip(greenSum);
            output[2 * size + i] = clip(blueSum);
        }
    }

    /** Sums for the vertical pass, each of {@code width} columns. */
    ColumnSums columns(int width) {
        return new ColumnSums(width);
    }

    /** The vertical pass, row by row: each input row is added to the output rows that depend on it, and dropped. */
    final class ColumnSums {

        private final int[] sums; // (output rows, width)
        private final int width;
        private int open; // first output row that may depend on later input rows

        private ColumnSums(int width) {
            this.width = width;
            this.sums = new int[starts.length * width];
            Arrays.fill(sums, ROUND);
        }

        /** @param y from {@link #inputStart} to {@link #inputEnd}, each once, in order */
        void add(int y, int[] row) {
            while (starts[open] + weights[open].length <= y) {
                open++;
            }
            for (int i = open; i < starts.length && starts[i] <= y; i++) {
                addScaled(row, weights[i][y - starts[i]], sums, i * width);
            }
        }

        /** A value of an output row of the window, 0 to 255. */
        int value(int row, int column) {
            return clip(sums[row * width + column]);
        }
    }

    private static void addScaled(int[] row, int weight, int[] sums, int offset) {
        for (int x = 0; x < row.length; x++) {
            sums[offset + x] += row[x] * weight;
        }
    }

    private static int clip(int sum) {
        return Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
    }
}
