package io.numclip.yardstick;

/** Symmetric, positive definite matrices as C = LLᵀ, in plain Java. */
final class Cholesky {

    private static final double LEAST = 1e-12;

    private Cholesky() {}

    /** L (n, n), in the place of the lower triangle of C. */
    static double[][] lower(double[][] c) {
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = c[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= c[i][k] * c[j][k];
                }
                c[i][j] = i == j ? Math.sqrt(Math.max(sum, LEAST)) : sum / c[j][j];
            }
        }
        return c;
    }

    /** L⁻¹b (n). */
    static double[] forward(double[][] lower, double... b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** L⁻ᵀb (n); that of {@link #forward} is C⁻¹b. */
    static double[] backward(double[][] lower, double... b) {
        double[] x = b.clone();
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }

    /** ½·log |C|. */
    static double halfLogDeterminant(double[][] lower) {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += Math.log(lower[i][i]);
        }
        return sum;
    }
}
