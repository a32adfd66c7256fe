package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

/** The contract once more, for the form that takes logarithms of weights. */
class RankingKlPaperTest extends RankingLossContract<RankingKl.Config> {

    @Override
    protected RankingKl.Factory factory() {
        return new RankingKl.Factory();
    }

    @Override
    protected RankingKl.Config config() {
        return new RankingKl.Config(RankingForm.PAPER);
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // each concept looks along the batch
    }

    @Test
    void equalsThePaperTransposed() {
        LossFigures.check("ranking-kl-paper", factory(), config());
    }
}
