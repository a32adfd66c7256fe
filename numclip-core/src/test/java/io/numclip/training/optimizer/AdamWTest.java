package io.numclip.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final JsonNode golden = Golden.json("adamw.json");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void thirtyStepsEqualTorchWithTwoRatesAMilestoneAndWeightDecay() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        JsonNode rates = golden.get("rates");
        double decay = golden.get("weightDecay").asDouble();
        List<Optimizer.Group> groups = List.of(
                new Optimizer.Group(rates.get("first").asDouble(), decay, Map.of("first", first)),
                new Optimizer.Group(rates.get("second").asDouble(), decay, Map.of("second", second)));
        try (Optimizer optimizer = Optimizer.Choice.ADAMW.of(groups, manager)) {
            for (JsonNode step : golden.get("steps")) {
                try (NDManager scope = manager.newSubManager()) {
                    backward(first, Golden.array(scope, step.get("gradients").get("first")));
                    backward(second, Golden.array(scope, step.get("gradients").get("second")));
                }
                optimizer.step(step.get("decay").asDouble());
                assertEqual(first, step.get("first"));
                assertEqual(second, step.get("second"));
            }
        }
    }

    /** Gives the parameter a gradient. */
    private static void backward(Parameter parameter, NDArray gradient) {
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

    private Parameter parameter(String name) {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(Golden.array(manager, golden.get("start").get(name)))
                .build();
        parameter.freeze(true);
        return parameter;
    }

    private static void assertEqual(Parameter found, JsonNode expected) {
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
