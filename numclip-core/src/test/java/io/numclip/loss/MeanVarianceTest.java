package io.numclip.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.RankingLossContract;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeanVarianceTest extends RankingLossContract<MeanVariance.Config> {

    @Override
    protected MeanVariance.Factory factory() {
        return new MeanVariance.Factory();
    }

    @Test
    void equalsMeanAndVarianceOfTorchDistributions() {
        LossFigures.check("mean-variance", factory(), new MeanVariance.Config(0.2, 0.05));
    }

    /** A length of 0.2 to 100 cm is one of 2 to 1,000 mm. */
    @Test
    void aWideScaleInASmallerUnitGivesTheSame() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(loss(1_000, manager)).isCloseTo(loss(100, manager), Offset.offset(1e-3f));
            assertThat(loss(10, manager)).isCloseTo(loss(100, manager) / 100, Offset.offset(1e-3f));
        }
    }

    /** For two images whose labels are a fifth and four fifths of the width. */
    private float loss(float width, NDManager manager) {
        Bins bins = new Bins(List.of(new Bin("few", 0, width / 2, 0), new Bin("many", width / 2, width, width)));
        NDArray logits = manager.create(new float[][] {{1, 0}, {2, 0}});
        NDArray labels = manager.create(new float[] {width / 5, 4 * width / 5});
        return factory()
                .create(factory().defaults(), new RankingLoss.Context(bins, 8, List.of(1, 1)))
                .evaluate(new NumClipOutput(logits, logits, logits, labels), new Targets(labels, labels))
                .getFloat();
    }
}
