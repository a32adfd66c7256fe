package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class CornLossTest extends RankingLossContract<CornLoss.Config> {

    @Override
    protected CornLoss.Factory factory() {
        return new CornLoss.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // the mean is over the questions asked
    }

    @Test
    void equalsCoralPytorch() {
        LossFigures.check("corn", factory(), new CornLoss.Config());
    }
}
