package io.numclip.training;

import io.numclip.spi.RankingLoss;

/**
 * One term of the objective.
 *
 * @param name for reports, such as {@code ranking-ce}
 * @param weight its factor in the sum
 */
public record WeightedLoss(String name, double weight, RankingLoss loss) {

    public WeightedLoss {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": weight must be 0 or a positive number; found " + weight);
        }
    }
}
