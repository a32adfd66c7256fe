package io.numclip.evaluation;

import java.util.OptionalDouble;

/**
 * How well the prototypes reflect the order of the number concepts: the ordinality of OrdinalCLIP (Li et al., NeurIPS
 * 2022, arXiv:2206.02338), as its code computes it: the share of pairs {@code i <= j} with
 * {@code cosine(t_i, t_j) > cosine(t_i, t_(j+1))}. It is 1 where the nearer of two later concepts is always the more
 * similar one. The K − 1 pairs {@code i = j} always hold, so only sets with the same number of concepts can be
 * compared.
 */
public final class PrototypeOrdinality {

    private PrototypeOrdinality() {}

    /**
     * @param prototypes (K, D) row by row, as in the text features; of any length except 0
     * @param concepts K
     * @return empty for fewer than 2 concepts
     */
    public static OptionalDouble of(float[] prototypes, int concepts) {
        if (concepts < 1 || prototypes.length % concepts != 0) {
            throw new IllegalArgumentException("prototypes must be rows of equal length, one per concept; found "
                    + prototypes.length + " numbers for " + concepts + " concepts");
        }
        double[][] directions = directions(prototypes, concepts);
        int ordered = 0;
        for (int i = 0; i < concepts - 1; i++) {
            double before = cosine(directions[i], directions[i]);
            for (int j = i + 1; j < concepts; j++) {
                double next = cosine(directions[i], directions[j]);
                ordered += before > next ? 1 : 0;
                before = next;
            }
        }
        int pairs = concepts * (concepts - 1) / 2;
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) ordered / pairs);
    }

    private static double[][] directions(float[] prototypes, int concepts) {
        int dimensions = prototypes.length / concepts;
        double[][] directions = new double[concepts][dimensions];
        for (int k = 0; k < concepts; k++) {
            double squares = 0;
            for (int d = 0; d < dimensions; d++) {
                double coordinate = prototypes[k * dimensions + d];
                directions[k][d] = coordinate;
                squares += coordinate * coordinate;
            }
            if (!(squares > 0 && Double.isFinite(squares))) {
                throw new IllegalArgumentException("prototype " + k + " must have a finite length above 0");
            }
            for (int d = 0; d < dimensions; d++) {
                directions[k][d] /= Math.sqrt(squares);
            }
        }
        return directions;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        for (int d = 0; d < a.length; d++) {
            product += a[d] * b[d];
        }
        return product;
    }
}
