package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.golden.Golden;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.FineHeadContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpertsHeadTest extends FineHeadContract<ExpertsHead.Config> {

    private static final Bins BINS = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 50),
            new Bin("older adult", 65, 100, 80)));

    @Override
    protected ExpertsHead.Factory factory() {
        return new ExpertsHead.Factory();
    }

    private FineHead head(NDManager manager) {
        FineHead head = factory().create(factory().defaults(), new HeadContext(BINS, 8));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 5), new Shape(1, 8));
        return head;
    }

    @Test
    void equalsTheMeanOfAMixtureInTorchInValuesAndGradients() {
        JsonNode golden = Golden.json("heads.json");
        JsonNode expected = golden.get("experts");
        try (NDManager manager = NDManager.newBaseManager()) {
            FineHead head = head(manager);
            set(manager, head, "expert.weight", expected.get("weight"));
            set(manager, head, "expert.bias", expected.get("bias"));
            NDArray features = Golden.array(manager, golden.get("features"));
            NDArray logits = Golden.array(manager, expected.get("logits"));
            logits.setRequiresGradient(true);
            NDArray values;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                values = head.refine(new ParameterStore(manager, false), logits, features, true);
                collector.backward(values.mul(Golden.array(manager, expected.get("coefficients")))
                        .sum());
            }
            assertThat(values).isRelativelyCloseTo(Golden.array(manager, expected.get("values")), 1e-5);
            JsonNode gradients = expected.get("gradients");
            assertThat(logits.getGradient()).isRelativelyCloseTo(Golden.array(manager, gradients.get("logits")), 1e-5);
            for (String name : List.of("expert.weight", "expert.bias")) {
                assertThat(head.getParameters().get(name).getArray().getGradient())
                        .as(name)
                        .isRelativelyCloseTo(Golden.array(manager, gradients.get(name)), 1e-5);
            }
        }
    }

    private static void set(NDManager manager, FineHead head, String name, JsonNode values) {
        Parameter parameter = head.getParameters().get(name);
        parameter.getArray().set(Golden.array(manager, values).toFloatArray());
        parameter.freeze(false);
    }

    @Test
    void beginsAtTheExpectationOfTheAnchors() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(new float[] {0, 0, 0, 0, 0}, new Shape(1, 5));
            NDArray features = manager.ones(new Shape(1, 8));
            NDArray value = head(manager).refine(new ParameterStore(manager, false), logits, features, false);
            assertThat(value).isCloseTo(manager.create(new float[] {(6 + 16 + 27 + 50 + 80) / 5f}), 1e-4);
        }
    }

    @Test
    void refusesLearnableAnchors() {
        assertThatThrownBy(() -> new ExpertsHead.Config(Anchors.LEARNABLE))
                .hasMessageStartingWith("anchor must be bin, left-edge or midpoint");
    }
}
