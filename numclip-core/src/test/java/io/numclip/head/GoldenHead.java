package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bins;
import io.numclip.golden.Golden;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;

/** Compares a coarse head with {@code golden/heads.json}: probabilities, and gradients of a weighted sum of them. */
final class GoldenHead {

    private static final double TOLERANCE = 1e-5;

    private GoldenHead() {}

    static <C extends Record> void check(String name, CoarseHead.Factory<C> factory, C config, Bins bins) {
        JsonNode golden = Golden.json("heads.json");
        for (JsonNode expected : golden.get("coarse")) {
            if (expected.get("name").asText().equals(name)) {
                try (NDManager manager = NDManager.newBaseManager()) {
                    check(manager, golden, expected, factory.create(config, new HeadContext(bins, 8)));
                }
                return;
            }
        }
        throw new IllegalArgumentException("no golden head '" + name + "'");
    }

    private static void check(NDManager manager, JsonNode golden, JsonNode expected, CoarseHead head) {
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 8), new Shape(5, 8), new Shape());
        expected.get("parameters").properties().forEach(entry -> {
            Parameter parameter = head.getParameters().get(entry.getKey());
            NDArray array = parameter.getArray();
            array.set(Golden.array(manager, entry.getValue())
                    .reshape(array.getShape())
                    .toFloatArray());
            parameter.freeze(false);
        });
        NDArray features = Golden.array(manager, golden.get("features"));
        NDArray coefficients = Golden.array(manager, golden.get("coefficients"));
        NDArray probabilities;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            ParameterStore parameters = new ParameterStore(manager, false);
            NDArray words = manager.zeros(new Shape(5, 8));
            probabilities = head.logits(parameters, features, words, manager.create(1f), true)
                    .softmax(1);
            collector.backward(probabilities.mul(coefficients).sum());
        }
        assertThat(probabilities).isRelativelyCloseTo(Golden.array(manager, expected.get("probabilities")), TOLERANCE);
        expected.get("gradients").properties().forEach(entry -> {
            NDArray found = head.getParameters().get(entry.getKey()).getArray().getGradient();
            NDArray gradient = Golden.array(manager, entry.getValue()).reshape(found.getShape());
            assertThat(found).as(entry.getKey()).isRelativelyCloseTo(gradient, TOLERANCE);
        });
    }
}
