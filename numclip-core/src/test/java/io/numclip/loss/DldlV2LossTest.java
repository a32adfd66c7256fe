package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class DldlV2LossTest extends RankingLossContract<DldlV2Loss.Config> {

    @Override
    protected DldlV2Loss.Factory factory() {
        return new DldlV2Loss.Factory();
    }

    @Test
    void equalsDivergenceAndMeanOfTorchDistributions() {
        LossFigures.check("dldl-v2", factory(), new DldlV2Loss.Config(1.5, 0.3));
    }
}
