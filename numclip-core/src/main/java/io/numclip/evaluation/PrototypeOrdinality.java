package io.numclip.evaluation;

import java.util.OptionalDouble;

/**
 * How well the order of number concepts shows in their prototypes: the ordinality of OrdinalCLIP (Li et al., NeurIPS
 * 2022, arXiv:2206.02338, section 4.5). It is the share of pairs {@code i < j} with
 * {@code cosine(t_i, t_j) > cosine(t_i, t_(j+1))}: of two later concepts the nearer one is more alike. 1 is full order,
 * one half is none.
 */
public final class PrototypeOrdinality {

    private PrototypeOrdinality() {}

    /**
     * @param prototypes (K, D) in row order, as an array of the text features gives them; of any length but 0
     * @return empty for fewer than 3 concepts
     */
    public static OptionalDouble of(float[] prototypes, int concepts) {
        throw new UnsupportedOperationException("not yet");
    }
}
