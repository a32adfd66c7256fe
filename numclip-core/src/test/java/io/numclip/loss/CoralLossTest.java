package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class CoralLossTest extends RankingLossContract<CoralLoss.Config> {

    @Override
    protected CoralLoss.Factory factory() {
        return new CoralLoss.Factory();
    }

    @Test
    void uniformEqualsCoralPytorch() {
        LossFigures.check("coral", factory(), new CoralLoss.Config(CoralLoss.Importance.UNIFORM));
    }

    @Test
    void imbalanceEqualsCoralPytorch() {
        LossFigures.check("coral-imbalance", factory(), new CoralLoss.Config(CoralLoss.Importance.IMBALANCE));
    }
}
