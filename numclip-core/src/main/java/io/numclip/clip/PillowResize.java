package io.numclip.clip;

import java.util.Arrays;

/**
 * One axis of Pillow's antialiased {@code Image.resize}, in Pillow's fixed-point arithmetic, so that 8-bit results are
 * equal to the last bit: each output pixel is a weighted sum of neighbours, weights scaled by 2^22, rounded and clipped.
 *
 * <p>The horizontal pass comes first, as in Pillow up to 12; Pillow 13 begins with the vertical one for some shapes, which
 * moves some values by 1 of 255. Only a window of the output is computed: what a crop throws away costs nothing.
 */
final class PillowResize {

    private static final int PRECISION_BITS = 32 - 8 - 2;
    private static final int ROUND = 1 << (PRECISION_BITS - 1);

    /** Pillow's reconstruction filters, by the number that {@code preprocessor_config.json} gives them. */
    enum Filter {
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
     * Weights for the output pixels {@code first … first + count - 1} of an axis that goes from {@code inputSize} to
     * {@code outputSize} pixels.
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
     * Along a row.
     *
     * @param input 0xRRGGBB from input pixel 0 on
     * @param planes red, green and blue, each with space for the window at {@code offset}
     */
    void acrossRow(int[] input, int[][] planes, int offset) {
        for (int i = 0; i < starts.length; i++) {
            int[] weight = weights[i];
            int start = starts[i];
            int red = ROUND;
            int green = ROUND;
            int blue = ROUND;
            for (int k = 0; k < weight.length; k++) {
                int pixel = input[start + k];
                red += (pixel >> 16 & 0xff) * weight[k];
                green += (pixel >> 8 & 0xff) * weight[k];
                blue += (pixel & 0xff) * weight[k];
            }
            planes[0][offset + i] = clip(red);
            planes[1][offset + i] = clip(green);
            planes[2][offset + i] = clip(blue);
        }
    }

    /**
     * Down all columns, for one row of the output.
     *
     * @param plane rows of {@code row.length} values from input row {@link #inputStart()} on
     * @param row receives output row {@code index} of the window, 0 to 255
     */
    void downColumns(int[] plane, int index, int[] row) {
        Arrays.fill(row, ROUND);
        int[] weight = weights[index];
        for (int k = 0; k < weight.length; k++) {
            addScaled(plane, (starts[index] - inputStart() + k) * row.length, weight[k], row);
        }
        for (int x = 0; x < row.length; x++) {
            row[x] = clip(row[x]);
        }
    }

    private static void addScaled(int[] plane, int from, int weight, int[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] += plane[from + x] * weight;
        }
    }

    private static int clip(int sum) {
        return Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
    }
}
