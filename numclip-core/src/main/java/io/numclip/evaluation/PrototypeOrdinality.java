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
        double[][] similarity = PrototypeSimilarity.of(prototypes, concepts);
        int ordered = 0;
        for (int i = 0; i < concepts - 1; i++) {
            for (int j = i; j < concepts - 1; j++) {
                ordered += similarity[i][j] > similarity[i][j + 1] ? 1 : 0;
            }
        }
        int pairs = concepts * (concepts - 1) / 2;
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) ordered / pairs);
    }
}
