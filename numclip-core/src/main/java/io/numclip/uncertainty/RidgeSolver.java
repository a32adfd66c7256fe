package io.numclip.uncertainty;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** Least squares with a penalty on the squares of the slopes, by the normal equations. */
final class RidgeSolver {

    private RidgeSolver() {}

    /**
     * @param inputs (N, D) centred
     * @param targets (N) centred
     * @param penalty above 0
     * @return the slopes (D)
     */
    static double[] solve(double[][] inputs, double[] targets, double penalty) {
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
