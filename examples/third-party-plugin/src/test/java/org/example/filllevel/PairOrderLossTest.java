package org.example.filllevel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class PairOrderLossTest extends RankingLossContract<PairOrderLoss.Config> {

    @Override
    protected PairOrderLoss.Factory factory() {
        return new PairOrderLoss.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // it compares the images of a batch with each other
    }

    @Test
    void onlyPairsInTheWrongOrderCost() {
        try (NDManager manager = NDManager.newBaseManager()) {
            RankingLoss loss = factory().create(config(), context());
            NDArray values = manager.create(new float[] {10, 8, 50});
            Targets targets = new Targets(manager.create(new float[] {5, 20, 60}), manager.create(new long[] {0, 2, 3}));
            NumClipOutput output = new NumClipOutput(values, values, values, values);

            // of the three pairs only the first is in the wrong order: by 2, and it misses the margin by 1 more
            assertThat(loss.evaluate(output, targets).getFloat()).isEqualTo(3 / 3f);
        }
    }
}
