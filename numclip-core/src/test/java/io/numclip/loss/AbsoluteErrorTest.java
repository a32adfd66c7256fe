package io.numclip.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class AbsoluteErrorTest extends RankingLossContract<AbsoluteError.Config> {

    @Override
    protected AbsoluteError.Factory factory() {
        return new AbsoluteError.Factory();
    }

    @Test
    void equalsTorch() {
        LossFigures.check("absolute-error", factory(), factory().defaults());
    }

    @Test
    void isTheMeanDistance() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = manager.create(new float[] {10, 20, 33});
            Targets targets =
                    new Targets(manager.create(new float[] {12, 20, 29}), manager.create(new long[] {0, 2, 2}));
            RankingLoss loss = factory().create(factory().defaults(), context());

            assertThat(loss.evaluate(new NumClipOutput(values, values, values, values), targets)
                            .getFloat())
                    .isEqualTo(2);
        }
    }
}
