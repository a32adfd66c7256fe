package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class RankingKlTest extends RankingLossContract<RankingKl.Config> {

    @Override
    protected RankingKl.Factory factory() {
        return new RankingKl.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // each concept looks along the batch
    }

    @Test
    void referenceEqualsThePublishedCode() {
        GoldenLoss.check("text_to_image", factory(), new RankingKl.Config(RankingForm.REFERENCE));
    }

    @Test
    void plainEqualsTheLossOfOrdinalClip() {
        GoldenLoss.check("ordinalclip_kl", factory(), new RankingKl.Config(RankingForm.PLAIN));
    }
}
