package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class SordLossTest extends RankingLossContract<SordLoss.Config> {

    @Override
    protected SordLoss.Factory factory() {
        return new SordLoss.Factory();
    }

    @Test
    void onBinsEqualsDlordinal() {
        LossFigures.check("sord", factory(), new SordLoss.Config(SordLoss.Metric.ABSOLUTE, SordLoss.Scale.BINS, 0.7));
    }

    @Test
    void onAnchorsEquallyFarApartEqualsDlordinal() {
        LossFigures.check(
                "sord-anchors", factory(), new SordLoss.Config(SordLoss.Metric.ABSOLUTE, SordLoss.Scale.ANCHORS, 0.07));
    }

    @Test
    void onAnyAnchorsEqualsDlordinalWithTheirSquaredDistances() {
        LossFigures.check(
                "sord-anchors-squared",
                factory(),
                new SordLoss.Config(SordLoss.Metric.SQUARED, SordLoss.Scale.ANCHORS, 0.01));
    }
}
