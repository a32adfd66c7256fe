package io.numclip.host.config;

import io.numclip.spi.RankingLoss;

/**
 * A loss that a configuration names.
 *
 * @param weight its share in the objective, 0 or more; 0 is off
 */
public record ConfiguredLoss(Configured<RankingLoss.Factory<?>> loss, double weight) {

    public String type() {
        return loss.type();
    }
}
