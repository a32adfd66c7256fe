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

    @Test
    void isInHundredthsOfAScaleThatIsWiderThanAHundred() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = manager.create(new float[] {100, 200, 330});
            Targets targets =
                    new Targets(manager.create(new float[] {120, 200, 290}), manager.create(new long[] {0, 0, 0}));
            NumClipOutput output = new NumClipOutput(values, values, values, values);

            assertThat(loss(1_000).evaluate(output, targets).getFloat()).isEqualTo(2);
            assertThat(loss(100).evaluate(output, targets).getFloat()).isEqualTo(20);
            assertThat(loss(10).evaluate(output, targets).getFloat()).isEqualTo(20);
        }
    }

    private RankingLoss loss(double width) {
        Bins bins = new Bins(List.of(new Bin("few", 0, width / 2, 0), new Bin("many", width / 2, width, width)));
        return factory().create(factory().defaults(), new RankingLoss.Context(bins, 8, List.of(1, 1)));
    }
}
