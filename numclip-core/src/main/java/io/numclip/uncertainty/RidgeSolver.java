package io.numclip.uncertainty;

/** Least squares with a penalty on the squares of the slopes, by the normal equations and Cholesky's factors. */
final class RidgeSolver {

    private RidgeSolver() {}

    /**
     * @param inputs (N, D) centred
     * @param targets (N) centred
     * @param penalty above 0
     * @return the slopes (D)
     */
    static double[] solve(double[][] inputs, double[] targets, double penalty) {
        int width = inputs[0].length;
        double[][] gram = new double[width][width];
        double[] moments = new double[width];
        for (int n = 0; n < inputs.length; n++) {
            for (int i = 0; i < width; i++) {
                moments[i] += inputs[n][i] * targets[n];
                for (int j = 0; j <= i; j++) {
                    gram[i][j] += inputs[n][i] * inputs[n][j];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            gram[i][i] += penalty;
        }
        factorise(gram);
        return substitute(gram, moments);
    }

    /** Leaves L with L Lᵀ = the matrix in its lower half. */
    private static void factorise(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
            }
        }
    }

    private static double[] substitute(double[][] lower, double[] right) {
        double[] solution = right.clone();
        for (int i = 0; i < solution.length; i++) {
            for (int k = 0; k < i; k++) {
                solution[i] -= lower[i][k] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        for (int i = solution.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < solution.length; k++) {
                solution[i] -= lower[k][i] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        return solution;
    }
}
