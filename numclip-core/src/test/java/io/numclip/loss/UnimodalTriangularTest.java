package io.numclip.loss;

import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class UnimodalTriangularTest extends RankingLossContract<UnimodalTriangular.Config> {

    @Override
    protected UnimodalTriangular.Factory factory() {
        return new UnimodalTriangular.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("unimodal-triangular", factory(), new UnimodalTriangular.Config(0.1, 0.7));
    }
}
