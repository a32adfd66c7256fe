package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class WeightedKappaTest extends RankingLossContract<WeightedKappa.Config> {

    @Override
    protected WeightedKappa.Factory factory() {
        return new WeightedKappa.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // kappa is of a whole batch
    }

    @Test
    void linearEqualsDlordinal() {
        LossFigures.check("weighted-kappa-linear", factory(), new WeightedKappa.Config(WeightedKappa.Penalty.LINEAR));
    }

    @Test
    void quadraticEqualsDlordinal() {
        LossFigures.check(
                "weighted-kappa-quadratic", factory(), new WeightedKappa.Config(WeightedKappa.Penalty.QUADRATIC));
    }
}
