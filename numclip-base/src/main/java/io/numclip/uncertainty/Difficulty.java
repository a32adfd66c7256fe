package io.numclip.uncertainty;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The expected absolute error of an image: a ridge regression of known errors on the probabilities of the concepts and
 * the {@link Spread} of their anchors. The spread alone is not enough: it is large at every edge between bins, even
 * where the number is certain.
 *
 * @param mean the mean error of the images to which it was fitted
 * @param slopes (K + 1): of the spread, then of each probability
 * @param centres (K + 1): what the slopes are relative to
 */
public record Difficulty(double mean, List<Double> slopes, List<Double> centres) {

    private static final double PENALTY = 1; // for each image, on standardised inputs
    private static final double FLOOR = 0.25; // of the mean error
    private static final double LEAST = 1e-9; // where all known errors are 0

    public Difficulty {
        slopes = List.copyOf(slopes);
        centres = List.copyOf(centres);
    }

    /**
     * @param anchors (K)
     * @param probabilities (N, K); not empty
     * @param errors (N) |label − value|
     */
    public static Difficulty fit(double[] anchors, double[][] probabilities, double[] errors) {
        double[][] inputs = inputs(anchors, probabilities);
        double mean = Arrays.stream(errors).average().orElseThrow();
        double[] centres = new double[anchors.length + 1];
        double[] scales = new double[anchors.length + 1];
        Arrays.setAll(
                centres,
                i -> Arrays.stream(inputs).mapToDouble(row -> row[i]).average().orElseThrow());
        Arrays.setAll(scales, i -> deviation(inputs, i, centres[i]));
        double[] slopes = ridge(standardised(inputs, centres, scales), centred(errors, mean), PENALTY * errors.length);
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] /= scales[i];
        }
        return new Difficulty(mean, boxed(slopes), boxed(centres));
    }

    /** For scores that need no scaling. */
    static Difficulty constant(int bins) {
        List<Double> none = Collections.nCopies(bins + 1, 0.0);
        return new Difficulty(1, none, none);
    }

    /** Never below a quarter of the mean error, so that no interval vanishes. */
    public double of(double[] anchors, double[] probabilities) {
        double[] inputs = inputs(anchors, probabilities);
        double expected = mean;
        for (int i = 0; i < inputs.length; i++) {
            expected += slopes.get(i) * (inputs[i] - centres.get(i));
        }
        return Math.max(expected, Math.max(FLOOR * mean, LEAST));
    }

    /** (N, K + 1). */
    static double[][] inputs(double[] anchors, double[][] probabilities) {
        return Arrays.stream(probabilities)
                .map(ofImage -> inputs(anchors, ofImage))
                .toArray(double[][]::new);
    }

    /** The spread, then each probability (K + 1). */
    static double[] inputs(double[] anchors, double[] probabilities) {
        double[] inputs = new double[anchors.length + 1];
        inputs[0] = Spread.of(anchors, probabilities);
        System.arraycopy(probabilities, 0, inputs, 1, probabilities.length);
        return inputs;
    }

    /** 1 for an input that does not vary: its slope is then 0. */
    static double deviation(double[][] inputs, int column, double centre) {
        double squares = 0;
        for (double[] row : inputs) {
            squares += (row[column] - centre) * (row[column] - centre);
        }
        return squares == 0 ? 1 : Math.sqrt(squares / inputs.length);
    }

    static double[][] standardised(double[][] inputs, double[] centres, double[] scales) {
        double[][] standardised = new double[inputs.length][centres.length];
        for (int n = 0; n < inputs.length; n++) {
            for (int i = 0; i < centres.length; i++) {
                standardised[n][i] = (inputs[n][i] - centres[i]) / scales[i];
            }
        }
        return standardised;
    }

    private static double[] centred(double[] errors, double mean) {
        return Arrays.stream(errors).map(error -> error - mean).toArray();
    }

    static List<Double> boxed(double... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /**
     * Least squares with a penalty on the squares of the slopes, by the normal equations.
     *
     * @param inputs (N, D) centred
     * @param targets (N) centred
     * @param penalty above 0
     * @return the slopes (D)
     */
    private static double[] ridge(double[][] inputs, double[] targets, double penalty) {
        RealMatrix features = new Array2DRowRealMatrix(inputs, false);
        RealMatrix gram = features.transposeMultiply(features); // (D, D)
        RealMatrix penalised = gram.add(
                MatrixUtils.createRealIdentityMatrix(gram.getRowDimension()).scalarMultiply(penalty));
        return new CholeskyDecomposition(penalised)
                .getSolver()
                .solve(MatrixUtils.createRealVector(features.preMultiply(targets)))
                .toArray();
    }
}
