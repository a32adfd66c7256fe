package io.numclip.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against {@code torch.optim.RAdam}; the figures are made by {@code tools/golden/radam.py}. */
class RAdamTest extends OptimizerFixture {

    @TempDir
    private Path folder;

    RAdamTest() {
        super("radam.json");
    }

    @Test
    void thirtyStepsEqualTorchWithTwoRatesAndAMilestone() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        try (RAdam optimizer = optimizer(first, second)) {
            for (JsonNode step : golden.get("steps")) {
                step(optimizer, step, first, second);
                assertEqual(first, step.get("first"));
                assertEqual(second, step.get("second"));
            }
        }
    }

    @Test
    void thirtyStepsEqualTorchWithWeightDecay() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        try (RAdam optimizer =
                optimizer(first, second, golden.get("weightDecay").asDouble())) {
            for (JsonNode step : golden.get("decayedSteps")) {
                step(optimizer, step, first, second);
                assertEqual(first, step.get("first"));
                assertEqual(second, step.get("second"));
            }
        }
    }

    @Test
    void aGroupHasAWeightDecayOfItsOwn() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        try (RAdam optimizer =
                optimizer(first, second, golden.get("weightDecay").asDouble(), 0)) {
            for (int i = 0; i < golden.get("steps").size(); i++) {
                step(optimizer, golden.get("steps").get(i), first, second);
                assertEqual(first, golden.get("decayedSteps").get(i).get("first"));
                assertEqual(second, golden.get("steps").get(i).get("second"));
            }
        }
    }

    /** Its first step is that of its first gradient, however many the others have taken. */
    @Test
    void aParameterWithoutAGradientStays() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        JsonNode steps = golden.get("steps");
        int late = 3;
        try (RAdam optimizer = optimizer(first, second)) {
            for (int i = 0; i < late; i++) {
                backward(first, steps.get(i), "first");
                optimizer.step(1);
                assertEqual(second, golden.get("start").get("second"));
            }
            for (int i = late; i < 10; i++) {
                backward(first, steps.get(i), "first");
                backward(second, steps.get(i - late), "second");
                optimizer.step(1);
                assertEqual(first, steps.get(i).get("first"));
                assertEqual(second, steps.get(i - late).get("second"));
            }
        }
    }

    @Test
    void savedStateGoesOnToTheSameBits() throws IOException {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        Path file = folder.resolve("optimizer.safetensors");
        int half = golden.get("steps").size() / 2;
        try (RAdam optimizer = optimizer(first, second);
                RAdam other = optimizer(first, second)) {
            for (int i = 0; i < half; i++) {
                step(optimizer, golden.get("steps").get(i), first, second);
            }
            optimizer.save(file);
            other.load(file);
            for (int i = half; i < golden.get("steps").size(); i++) {
                step(other, golden.get("steps").get(i), first, second);
                assertEqual(first, golden.get("steps").get(i).get("first"));
            }
        }
    }

    @Test
    void stateOfOtherParametersIsRefused() throws IOException {
        Path file = folder.resolve("optimizer.safetensors");
        try (RAdam optimizer =
                new RAdam(List.of(new Optimizer.Group(1, 0, Map.of("other", parameter("first")))), manager)) {
            optimizer.save(file);
        }
        try (RAdam optimizer =
                new RAdam(List.of(new Optimizer.Group(1, 0, Map.of("first", parameter("first")))), manager)) {
            assertThatThrownBy(() -> optimizer.load(file))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("other");
        }
    }

    @Test
    void gradientsThatAreNotFiniteAreSeen() {
        Parameter parameter = parameter("first");
        try (RAdam optimizer = new RAdam(List.of(new Optimizer.Group(1, 0, Map.of("first", parameter))), manager)) {
            assertThat(optimizer.gradientsAreFinite()).isTrue();
            for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                backward(parameter, manager.full(parameter.getArray().getShape(), wrong));
                assertThat(optimizer.gradientsAreFinite()).isFalse();
                optimizer.zeroGradients();
                assertThat(optimizer.gradientsAreFinite()).isTrue();
            }
        }
    }

    @Test
    void managedArraysStayFlat() {
        Parameter first = parameter("first");
        Parameter second = parameter("second");
        try (RAdam optimizer = optimizer(first, second)) {
            List<Integer> counts = new ArrayList<>();
            for (JsonNode step : golden.get("steps")) {
                step(optimizer, step, first, second);
                counts.add(manager.getManagedArrays().size());
            }
            assertThat(counts).containsOnly(counts.get(0));
        }
    }

    private RAdam optimizer(Parameter first, Parameter second) {
        return optimizer(first, second, 0);
    }

    private RAdam optimizer(Parameter first, Parameter second, double weightDecay) {
        return optimizer(first, second, weightDecay, weightDecay);
    }

    private RAdam optimizer(Parameter first, Parameter second, double weightDecay, double secondDecay) {
        return new RAdam(
                List.of(
                        new Optimizer.Group(
                                golden.get("rates").get("first").asDouble(), weightDecay, Map.of("first", first)),
                        new Optimizer.Group(
                                golden.get("rates").get("second").asDouble(), secondDecay, Map.of("second", second))),
                manager);
    }
}
