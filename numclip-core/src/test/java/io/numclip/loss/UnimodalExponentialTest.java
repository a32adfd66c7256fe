package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class UnimodalExponentialTest extends RankingLossContract<UnimodalExponential.Config> {

    @Override
    protected UnimodalExponential.Factory factory() {
        return new UnimodalExponential.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("unimodal-exponential", factory(), new UnimodalExponential.Config(1.5, 2, 0.6));
    }
}
