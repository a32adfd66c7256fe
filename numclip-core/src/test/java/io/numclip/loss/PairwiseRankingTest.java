package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class PairwiseRankingTest extends RankingLossContract<PairwiseRanking.Config> {

    @Override
    protected PairwiseRanking.Factory factory() {
        return new PairwiseRanking.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // images are compared with each other
    }

    @Test
    void logisticEqualsBinaryCrossEntropy() {
        LossFigures.check(
                "pairwise-ranking-logistic", factory(), new PairwiseRanking.Config(PairwiseRanking.Form.LOGISTIC, 0));
    }

    @Test
    void hingeEqualsMarginRankingLoss() {
        LossFigures.check(
                "pairwise-ranking-hinge", factory(), new PairwiseRanking.Config(PairwiseRanking.Form.HINGE, 2));
    }
}
