package io.numclip.training.optimizer;

import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest extends OptimizerFixture {

    AdamWTest() {
        super("adamw.json");
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
                step(optimizer, step, first, second);
                assertEqual(first, step.get("first"));
                assertEqual(second, step.get("second"));
            }
        }
    }
}
