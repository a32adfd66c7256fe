package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class CrossModalOrdinalTest extends RankingLossContract<CrossModalOrdinal.Config> {

    @Override
    protected CrossModalOrdinal.Factory factory() {
        return new CrossModalOrdinal.Factory();
    }

    @Test
    void equalsItsFormula() {
        LossFigures.check("cross-modal-ordinal", factory(), new CrossModalOrdinal.Config(0.5));
    }
}
