package io.numclip.uncertainty;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * A linear quantile regression: the least mean pinball loss plus a penalty on the sizes of the slopes of standardised
 * inputs (Koenker and Bassett, Econometrica 1978; Belloni and Chernozhukov, Annals of Statistics 2011), by
 * majorisation and minimisation (Hunter and Lange, Journal of Computational and Graphical Statistics 2000).
 *
 * @param intercept where all inputs are at their centres
 * @param slopes (D)
 * @param centres (D)
 */
public record QuantileRegression(double intercept, List<Double> slopes, List<Double> centres) {

    private static final double PENALTY = 0.01;
    private static final int STEPS = 300;
    private static final double EDGE = 1e-6; // of the mean size of the targets: rounds the kinks of loss and penalty

    public QuantileRegression {
        slopes = List.copyOf(slopes);
        centres = List.copyOf(centres);
    }

    /**
     * @param inputs (N, D); not empty
     * @param targets (N)
     * @param level of the quantile, between 0 and 1
     */
    static QuantileRegression fit(double[][] inputs, double[] targets, double level) {
        int width = inputs[0].length;
        double[] centres = new double[width];
        double[] scales = new double[width];
        Arrays.setAll(
                centres,
                i -> Arrays.stream(inputs).mapToDouble(row -> row[i]).average().orElseThrow());
        Arrays.setAll(scales, i -> Difficulty.deviation(inputs, i, centres[i]));
        double[] found = minimised(withOne(Difficulty.standardised(inputs, centres, scales)), targets, level);
        double[] slopes = new double[width];
        Arrays.setAll(slopes, i -> found[i + 1] / scales[i]);
        return new QuantileRegression(found[0], Difficulty.boxed(slopes), Difficulty.boxed(centres));
    }

    double of(double[] inputs) {
        double sum = intercept;
        for (int i = 0; i < inputs.length; i++) {
            sum += slopes.get(i) * (inputs[i] - centres.get(i));
        }
        return sum;
    }

    /** Each step solves the least squares that touch the objective where it is. */
    private static double[] minimised(double[][] rows, double[] targets, double level) {
        double edge = EDGE
                * Math.max(1e-9, Arrays.stream(targets).map(Math::abs).average().orElseThrow());
        double[] found = new double[rows[0].length];
        Arrays.fill(found, 1);
        for (int step = 0; step < STEPS; step++) {
            double[][] gram = new double[found.length][found.length];
            double[] right = new double[found.length];
            for (int n = 0; n < rows.length; n++) {
                double weight = 1 / (edge + Math.abs(targets[n] - product(rows[n], found)));
                add(gram, right, rows[n], weight, weight * targets[n] + 2 * level - 1);
            }
            for (int i = 1; i < found.length; i++) {
                gram[i][i] += 2 * PENALTY * rows.length / (edge + Math.abs(found[i]));
            }
            found = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false))
                    .getSolver()
                    .solve(MatrixUtils.createRealVector(right))
                    .toArray();
        }
        return found;
    }

    private static void add(double[][] gram, double[] right, double[] row, double weight, double target) {
        for (int i = 0; i < row.length; i++) {
            right[i] += row[i] * target;
            for (int j = 0; j < row.length; j++) {
                gram[i][j] += weight * (row[i] * row[j]); // symmetric to the last bit
            }
        }
    }

    private static double product(double[] row, double[] slopes) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * slopes[i];
        }
        return sum;
    }

    /** (N, D) to (N, 1 + D). */
    private static double[][] withOne(double[][] inputs) {
        return Arrays.stream(inputs)
                .map(row -> {
                    double[] longer = new double[row.length + 1];
                    longer[0] = 1;
                    System.arraycopy(row, 0, longer, 1, row.length);
                    return longer;
                })
                .toArray(double[][]::new);
    }
}
