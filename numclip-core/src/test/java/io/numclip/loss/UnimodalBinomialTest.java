package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class UnimodalBinomialTest extends RankingLossContract<UnimodalBinomial.Config> {

    @Override
    protected UnimodalBinomial.Factory factory() {
        return new UnimodalBinomial.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("unimodal-binomial", factory(), new UnimodalBinomial.Config(0.8));
    }
}
