package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

/** The contract once more, for the form that takes logarithms of weights. */
class RankingCrossEntropyPaperTest extends RankingLossContract<RankingCrossEntropy.Config> {

    @Override
    protected RankingCrossEntropy.Factory factory() {
        return new RankingCrossEntropy.Factory();
    }

    @Override
    protected RankingCrossEntropy.Config config() {
        return new RankingCrossEntropy.Config(RankingForm.PAPER);
    }

    @Test
    void equalsThePaper() {
        LossFigures.check("ranking-ce-paper", factory(), config());
    }
}
