package io.numclip.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import org.junit.jupiter.api.AfterEach;

/** Two parameters that take the steps of a golden file. */
abstract class OptimizerFixture {

    final NDManager manager = NDManager.newBaseManager();
    final JsonNode golden;

    OptimizerFixture(String file) {
        golden = Golden.json(file);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    Parameter parameter(String name) {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(Golden.array(manager, golden.get("start").get(name)))
                .build();
        parameter.freeze(true);
        return parameter;
    }

    void step(Optimizer optimizer, JsonNode step, Parameter first, Parameter second) {
        backward(first, step, "first");
        backward(second, step, "second");
        optimizer.step(step.get("decay").asDouble());
    }

    void backward(Parameter parameter, JsonNode step, String name) {
        try (NDManager scope = manager.newSubManager()) {
            backward(parameter, Golden.array(scope, step.get("gradients").get(name)));
        }
    }

    /** Gives the parameter a gradient. */
    static void backward(Parameter parameter, NDArray gradient) {
        try (GradientCollector collector = gradient.getManager().getEngine().newGradientCollector();
                NDManager scope = gradient.getManager().newSubManager()) {
            NDArray factor = gradient.duplicate();
            factor.attach(scope);
            NDArray product = factor.mul(parameter.getArray());
            product.attach(scope);
            NDArray sum = product.sum();
            sum.attach(scope);
            collector.backward(sum);
        }
    }

    static void assertEqual(Parameter found, JsonNode expected) {
        float[] values = found.getArray().toFloatArray();
        float[] wanted;
        try (NDManager scope = NDManager.newBaseManager()) {
            wanted = Golden.array(scope, expected).toFloatArray();
        }
        assertThat(values).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(values[i]).isCloseTo(wanted[i], within(2e-6f * Math.max(1, Math.abs(wanted[i]))));
        }
    }
}
