package io.numclip.loss;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.RankingLossContract;
import org.junit.jupiter.api.Test;

class BradleyTerryLossTest extends RankingLossContract<BradleyTerryLoss.Config> {

    @Override
    protected BradleyTerryLoss.Factory factory() {
        return new BradleyTerryLoss.Factory();
    }

    @Override
    protected boolean isMeanOverImages() {
        return false; // images are compared with each other
    }

    @Test
    void valueAndGradientEqualThoseOfPyTorch() {
        JsonNode golden = Golden.json("comparison-scale.json").get("loss");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray values = Golden.array(manager, golden.get("values")); // (N)
            NDArray said = Golden.array(manager, golden.get("said")); // (N, N)
            Targets targets = new Targets(values.duplicate(), values.toType(DataType.INT64, false), said);
            values.setRequiresGradient(true);
            BradleyTerryLoss.Config config =
                    new BradleyTerryLoss.Config(golden.get("width").doubleValue());
            RankingLoss loss = factory().create(config, context());
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray found = loss.evaluate(new NumClipOutput(said, said, said, values), targets);
                collector.backward(found);
                assertThat((double) found.getFloat())
                        .isEqualTo(golden.get("value").doubleValue(), within(1e-5));
            }
            assertThat(values.getGradient()).isCloseTo(Golden.array(manager, golden.get("gradient")), 1e-6);
        }
    }
}
