package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class UnimodalPoissonTest extends RankingLossContract<UnimodalPoisson.Config> {

    @Override
    protected UnimodalPoisson.Factory factory() {
        return new UnimodalPoisson.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("unimodal-poisson", factory(), new UnimodalPoisson.Config(1));
    }
}
