package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class MeanVarianceTest extends RankingLossContract<MeanVariance.Config> {

    @Override
    protected MeanVariance.Factory factory() {
        return new MeanVariance.Factory();
    }

    @Test
    void equalsMeanAndVarianceOfTorchDistributions() {
        LossFigures.check("mean-variance", factory(), new MeanVariance.Config(0.2, 0.05));
    }
}
