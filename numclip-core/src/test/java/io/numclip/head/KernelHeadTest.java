package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedCoarseHead.Examples;
import io.numclip.spi.HeadContext;
import io.numclip.testing.CoarseHeadContract;
import io.numclip.yardstick.KernelRidge;
import org.junit.jupiter.api.Test;

class KernelHeadTest extends CoarseHeadContract<KernelHead.Config> {

    private static final float[] ANCHORS = {6, 16, 27, 48, 75};

    private final JsonNode golden = Golden.json("kernel.json");

    @Override
    protected KernelHead.Factory factory() {
        return new KernelHead.Factory();
    }

    @Test
    void everyErrorByLeavingOneOutEqualsThatOfTrainingWithoutIt() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray distances =
                    ImageRoom.distances(features(manager), features(manager)).toType(DataType.FLOAT64, false);
            NDArray even = distances.div(distances.mean());
            NDArray truth = labels(manager).oneHot(5).toType(DataType.FLOAT64, false);
            for (JsonNode choice : golden.get("choices")) {
                KernelRidge found = KernelRidge.solved(
                        even,
                        truth,
                        choice.get("gamma").doubleValue(),
                        choice.get("lambda").doubleValue(),
                        ANCHORS);
                assertThat(found.error()).isEqualTo(choice.get("error").doubleValue(), within(1e-9));
            }
            KernelRidge best = KernelRidge.fit(even, labels(manager), ANCHORS);
            assertThat(best.gamma()).isEqualTo(best().get("gamma").doubleValue());
            assertThat(best.lambda()).isEqualTo(best().get("lambda").doubleValue());
        }
    }

    @Test
    void probabilitiesEqualScikitLearnAndEntmax() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = logits(fitted(manager, 40), Golden.array(manager, golden.get("test")));
            assertThat(logits.softmax(1)).isCloseTo(Golden.array(manager, best().get("shares")), 2e-6);
        }
    }

    @Test
    void theMedianIsTheNumber() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = logits(fitted(manager, 40), Golden.array(manager, golden.get("test")));
            FineHead median = new MedianHead.Factory().create(new MedianHead.Config(), new HeadContext(bins(), 8));
            assertThat(median.refine(new ParameterStore(manager, false), logits, logits, false))
                    .isCloseTo(Golden.array(manager, best().get("numbers")), 1e-6);
        }
    }

    @Test
    void ofMoreImagesSomeAreCompared() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray keys = fitted(manager, 10).getParameters().get("keys").getArray();
            assertThat(keys).isCloseTo(features(manager).get("0::4"), 0);
        }
        assertThat(factory().forImages(factory().defaults(), 40).size()).isEqualTo(40);
        assertThat(factory().forImages(factory().defaults(), 40_000).size()).isEqualTo(3000);
    }

    @Test
    void imagesThatAreAllTheSameHaveTheSharesOfTheClasses() {
        try (NDManager manager = NDManager.newBaseManager()) {
            KernelHead head = head(manager, 4);
            NDArray same = manager.eye(8).get("0:1").repeat(0, 4); // (4, D)
            Examples images = new Examples(same, manager.create(new long[] {0, 0, 4, 4}));
            head.fit(images, images, same, manager.create(1f));
            assertThat(logits(head, same.get("0:1")).softmax(1))
                    .isCloseTo(manager.create(new float[] {0.5f, 0, 0, 0, 0.5f}, new Shape(1, 5)), 1e-6);
        }
    }

    private JsonNode best() {
        return golden.get("choices").get(golden.get("best").intValue());
    }

    private KernelHead fitted(NDManager manager, int size) {
        KernelHead head = head(manager, size);
        Examples training = new Examples(features(manager), labels(manager));
        head.fit(training, training, manager.zeros(new Shape(5, 8)), manager.create(1f));
        return head;
    }

    private KernelHead head(NDManager manager, int size) {
        KernelHead head = (KernelHead) factory().create(new KernelHead.Config(size), new HeadContext(bins(), 8));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 8), new Shape(5, 8), new Shape());
        return head;
    }

    private static NDArray logits(KernelHead head, NDArray features) {
        NDManager manager = features.getManager();
        return head.logits(
                new ParameterStore(manager, false),
                features,
                manager.zeros(new Shape(5, 8)),
                manager.create(1f),
                false); // (N, K)
    }

    private NDArray features(NDManager manager) {
        return Golden.array(manager, golden.get("features"));
    }

    private NDArray labels(NDManager manager) {
        return Golden.array(manager, golden.get("labels")).toType(DataType.INT64, false);
    }
}
