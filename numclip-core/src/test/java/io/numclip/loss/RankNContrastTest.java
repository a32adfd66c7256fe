package io.numclip.loss;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class RankNContrastTest extends RankingLossContract<RankNContrast.Config> {

    @Override
    protected RankNContrast.Factory factory() {
        return new RankNContrast.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // each image is compared with the others
    }

    @Test
    void equalsPaddleScience() {
        LossFigures.check("rank-n-contrast", factory(), new RankNContrast.Config(2));
    }

    @Test
    void coldEqualsPaddleScience() {
        LossFigures.check("rank-n-contrast-cold", factory(), new RankNContrast.Config(0.1));
    }

    @Test
    void aLargeBatchFits() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray features = manager.randomNormal(new Shape(512, 8)); // (N, D)
            NDArray labels = manager.randomUniform(0, 100, new Shape(512)).round(); // (N)
            RankingLoss loss = factory().create(config(), context());
            NumClipOutput output =
                    new NumClipOutput(features.div(features.norm(new int[] {1}, true)), features, features, labels);
            assertThat(loss.evaluate(output, new Targets(labels, labels))).isFinite();
        }
    }
}
