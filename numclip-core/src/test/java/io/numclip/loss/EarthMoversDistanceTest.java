package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class EarthMoversDistanceTest extends RankingLossContract<EarthMoversDistance.Config> {

    @Override
    protected EarthMoversDistance.Factory factory() {
        return new EarthMoversDistance.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("emd", factory(), new EarthMoversDistance.Config());
    }
}
