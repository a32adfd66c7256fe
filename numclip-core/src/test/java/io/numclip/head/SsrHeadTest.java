package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SsrHeadTest extends FineHeadContract<SsrHead.Config> {

    private static final SsrHead.Config PUBLISHED = new SsrHead.Config(Anchors.LEFT_EDGE, true);
    private static final Map<String, String> PUBLISHED_NAMES = Map.of(
            "hidden.weight", "fine_head.FC_after_PB.0.weight",
            "hidden.bias", "fine_head.FC_after_PB.0.bias",
            "delta.weight", "fine_head.delta_k.0.weight",
            "delta.bias", "fine_head.delta_k.0.bias");

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Override
    protected SsrHead.Factory factory() {
        return new SsrHead.Factory();
    }

    @Test
    void equalsThePublishedHeadInValueAndGradient() {
        JsonNode golden = Golden.json("numclip-model.json");
        FineHead head = head(PUBLISHED, publishedWeights());
        NDArray logits = Golden.array(manager, golden.at("/forward/logits"));
        NDArray ages = Golden.array(manager, golden.get("ages"));

        NDArray value;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            value = head.refine(new ParameterStore(manager, false), logits, logits, true);
            collector.backward(value.sub(ages).abs().mean());
        }

        assertThat(value).isRelativelyCloseTo(Golden.array(manager, golden.at("/forward/value")), 1e-5);
        assertThat(parameter(head, "delta.weight").getArray().getGradient())
                .isRelativelyCloseTo(
                        Golden.array(manager, golden.at("/forward/gradients").get("fine_head.delta_k.0.weight")), 1e-4);
    }

    @Test
    void equalsTheFormulaOfTheReference() {
        NDArray logits = manager.create(new float[] {1, -2, 0.5f, 3, 0, -1, 4, 2, -3, 1}, new Shape(2, 5));
        Map<String, NDArray> weights = publishedWeights();
        NDArray hidden = logits.matMul(
                        weights.get("fine_head.FC_after_PB.0.weight").transpose())
                .add(weights.get("fine_head.FC_after_PB.0.bias"))
                .maximum(0);
        NDArray delta = hidden.matMul(weights.get("fine_head.delta_k.0.weight").transpose())
                .add(weights.get("fine_head.delta_k.0.bias"))
                .tanh();
        NDArray anchors = manager.create(new float[] {0, 13, 19, 35, 65});
        NDArray reference = logits.softmax(1).mul(anchors).div(delta.add(1)).sum(new int[] {1});

        assertThat(refine(head(PUBLISHED, weights), logits)).isRelativelyCloseTo(reference, 1e-6);
    }

    @Test
    void staysFiniteWhereDeltaIsMinusOne() {
        Map<String, NDArray> weights = publishedWeights();
        weights.put("fine_head.delta_k.0.bias", manager.full(new Shape(5), -1e4f));
        FineHead head = head(PUBLISHED, weights);
        NDArray logits = manager.ones(new Shape(1, 5));

        NDArray value;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            value = head.refine(new ParameterStore(manager, false), logits, logits, true);
            collector.backward(value.sum());
        }

        assertThat(value).isFinite();
        assertThat(parameter(head, "delta.bias").getArray().getGradient())
                .isFinite()
                .isNotAllZero();
    }

    @Test
    void certainConceptSaysAnyNumberFromHalfItsAnchorUp() {
        NDArray certain = manager.create(new float[] {0, 0, 99, 0, 0}, new Shape(1, 5));
        Map<String, NDArray> weights = publishedWeights();
        weights.put("fine_head.delta_k.0.weight", manager.zeros(new Shape(5, 10)));

        weights.put("fine_head.delta_k.0.bias", manager.full(new Shape(5), 20f));
        assertThat(refine(head(PUBLISHED, weights), certain)).isCloseTo(manager.create(new float[] {19 / 2f}), 1e-4);

        weights.put("fine_head.delta_k.0.bias", manager.full(new Shape(5), -2f));
        float stretched = (float) (19 / (1 + Math.tanh(-2)));
        assertThat(refine(head(PUBLISHED, weights), certain)).isCloseTo(manager.create(new float[] {stretched}), 1e-3);
    }

    @Test
    void countsFromTheBottomOfTheScale() {
        Bins decades = new Bins(List.of(new Bin("thirties", 1930, 1940, 1935), new Bin("forties", 1940, 1950, 1945)));
        FineHead head = factory().create(factory().defaults(), new HeadContext(decades, 8));
        parameter(head, "hidden.weight").setArray(manager.zeros(new Shape(4, 2)));
        parameter(head, "hidden.bias").setArray(manager.zeros(new Shape(4)));
        parameter(head, "delta.weight").setArray(manager.zeros(new Shape(2, 4)));
        parameter(head, "delta.bias").setArray(manager.full(new Shape(2), 20f)); // delta is 1
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 2), new Shape(1, 8));

        NDArray certain = manager.create(new float[] {0, 99}, new Shape(1, 2));
        assertThat(refine(head, certain)).isCloseTo(manager.create(new float[] {1930 + 15 / 2f}), 1e-3);
    }

    @Test
    void startsAtTheExpectation() {
        NDArray logits = manager.create(new float[] {1, -2, 0.5f, 3, 0, -1, 4, 2, -3, 1}, new Shape(2, 5));
        FineHead expectation =
                new ExpectationHead.Factory().create(new ExpectationHead.Config(), new HeadContext(bins(), 8));
        assertThat(refine(newHead(factory().defaults()), logits)).isCloseTo(refine(expectation, logits), 1e-2);
    }

    @Test
    void withoutDeltaIsTheExpectationOfTheChosenAnchors() {
        NDArray certain = manager.create(new float[] {0, 0, 99, 0, 0}, new Shape(1, 5));
        for (Anchors anchors : Anchors.values()) {
            FineHead head = newHead(new SsrHead.Config(anchors, false));
            float anchor = anchors.of(bins())[2];
            assertThat(refine(head, certain)).isCloseTo(manager.create(new float[] {anchor}), 1e-5);
            assertThat(head.getParameters().isEmpty()).isEqualTo(anchors != Anchors.LEARNABLE);
        }
    }

    @Test
    void learnableAnchorsMoveInWidthsOfTheirBin() {
        FineHead head = newHead(new SsrHead.Config(Anchors.LEARNABLE, false));
        parameter(head, "anchor.shift").getArray().addi(0.25);
        NDArray certain = manager.create(new float[] {0, 0, 99, 0, 0}, new Shape(1, 5));
        assertThat(refine(head, certain)).isCloseTo(manager.create(new float[] {27 + 16 / 4f}), 1e-5);
    }

    @Test
    void anchorsAreNumbersOfTheBin() {
        assertThat(Anchors.BIN.of(bins())).containsExactly(6, 16, 27, 48, 75);
        assertThat(Anchors.LEFT_EDGE.of(bins())).containsExactly(0, 13, 19, 35, 65);
        assertThat(Anchors.MIDPOINT.of(bins())).containsExactly(6.5f, 16, 27, 50, 82.5f);
    }

    private Map<String, NDArray> publishedWeights() {
        return Golden.tensors(manager, "numclip-head.safetensors");
    }

    private FineHead head(SsrHead.Config config, Map<String, NDArray> weights) {
        FineHead head = factory().create(config, new HeadContext(bins(), 24));
        PUBLISHED_NAMES.forEach((name, published) -> parameter(head, name).setArray(weights.get(published)));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 5), new Shape(1, 24));
        return head;
    }

    private FineHead newHead(SsrHead.Config config) {
        FineHead head = factory().create(config, new HeadContext(bins(), 8));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 5), new Shape(1, 8));
        return head;
    }

    private NDArray refine(FineHead head, NDArray logits) {
        return head.refine(new ParameterStore(manager, false), logits, logits, false);
    }

    private static Parameter parameter(FineHead head, String name) {
        return head.getParameters().get(name);
    }
}
