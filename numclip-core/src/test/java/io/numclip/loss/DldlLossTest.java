package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class DldlLossTest extends RankingLossContract<DldlLoss.Config> {

    @Override
    protected DldlLoss.Factory factory() {
        return new DldlLoss.Factory();
    }

    @Test
    void equalsTheDivergenceOfTorchDistributions() {
        LossFigures.check("dldl", factory(), new DldlLoss.Config(0.5));
    }
}
