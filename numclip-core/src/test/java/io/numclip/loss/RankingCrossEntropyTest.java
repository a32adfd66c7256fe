package io.numclip.loss;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class RankingCrossEntropyTest extends RankingLossContract<RankingCrossEntropy.Config> {

    @Override
    protected RankingCrossEntropy.Factory factory() {
        return new RankingCrossEntropy.Factory();
    }

    @Test
    void referenceEqualsThePublishedCode() {
        GoldenLoss.check("image_to_text", factory(), new RankingCrossEntropy.Config(RankingForm.REFERENCE));
    }

    @Test
    void plainEqualsCrossEntropy() {
        GoldenLoss.check("cross_entropy", factory(), new RankingCrossEntropy.Config(RankingForm.PLAIN));
    }

    @Test
    void referenceWeightsGrowWithDistance() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray ones = manager.ones(new Shape(5, 5));
            NDArray expected = manager.create(new float[][] {
                {1, 0.4f, 0.8f, 1.2f, 1.6f},
                {0.5714f, 1, 0.5714f, 1.1429f, 1.7143f},
                {1.3333f, 0.6667f, 1, 0.6667f, 1.3333f},
                {1.7143f, 1.1429f, 0.5714f, 1, 0.5714f},
                {1.6f, 1.2f, 0.8f, 0.4f, 1}
            });
            assertThat(weigh(RankingForm.REFERENCE, ones)).isCloseTo(expected, 1e-4);
        }
    }

    @Test
    void paperWeightsMultiplyTheTermsOfTheNegatives() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray zeros = manager.zeros(new Shape(5, 5));
            NDArray expected = manager.create(new float[][] {
                {1, .1f, .2f, .3f, .4f},
                {.1429f, 1, .1429f, .2857f, .4286f},
                {.3333f, .1667f, 1, .1667f, .3333f},
                {.4286f, .2857f, .1429f, 1, .1429f},
                {.4f, .3f, .2f, .1f, 1}
            });
            assertThat(weigh(RankingForm.PAPER, zeros).exp()).isCloseTo(expected, 1e-4);
        }
    }

    /** Row y holds the weighted logits of an image of bin y. */
    private static NDArray weigh(RankingForm form, NDArray logits) {
        NDArray bins = logits.getManager().arange(5).toType(DataType.INT64, false);
        NDArray distance = BinDistance.of(bins, logits);
        return form.weigh(logits, distance, distance.eq(0).toType(DataType.FLOAT32, false), 1);
    }
}
