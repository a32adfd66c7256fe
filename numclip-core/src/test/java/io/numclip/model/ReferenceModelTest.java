package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import io.numclip.golden.ReferenceModel;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.Targets;
import io.numclip.testing.NDArrayAssert;
import io.numclip.training.WeightedLoss;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.optimizer.RAdam;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network against the published code: forward, losses, gradients and thirty steps of training. */
class ReferenceModelTest {

    private static final double RELATIVE = 1e-3;
    private static final double FORWARD = 2e-5; // matrix libraries add up in other orders

    private final JsonNode golden = Golden.json("numclip-model.json");
    private NumClipModel model;
    private NDManager scope;
    private List<WeightedLoss> losses;

    @BeforeEach
    void load() throws IOException {
        model = ReferenceModel.load();
        scope = model.imageTower().manager().newSubManager();
        losses = ReferenceModel.losses(model.imageTower().embedDim());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void forwardEqualsThePublishedCode() {
        NumClipOutput output = model.forward(ReferenceModel.pixels(scope), false);
        JsonNode forward = golden.get("forward");
        assertClose(output.imageFeatures(), forward.get("image_features"));
        assertClose(output.textFeatures(), forward.get("text_features"));
        assertClose(output.logits(), forward.get("logits"));
        assertClose(output.value(), forward.get("value"));
    }

    @Test
    void lossesEqualThePublishedCode() {
        NumClipOutput output = model.forward(ReferenceModel.pixels(scope), false);
        assertLosses(losses(output), golden.get("forward").get("losses"));
    }

    @Test
    void gradientsEqualThePublishedCode() {
        for (Part part : Part.values()) {
            model.train(part, true);
        }
        try (GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NumClipOutput output = model.forward(ReferenceModel.pixels(scope), true);
            collector.backward(total(losses(output)));
        }
        JsonNode gradients = golden.get("forward").get("gradients");
        assertGradient(Part.ADAPTER, "adapter.fc.0.weight", gradients.get("adapter.fc.0.weight"));
        assertGradient(Part.CONTEXT, "prompt.context", gradients.get("prompt.context"));
        assertGradient(Part.CONCEPTS, "prompt.concepts", gradients.get("prompt.rank"));
        assertGradient(Part.FINE_HEAD, "fine_head.delta.weight", gradients.get("fine_head.delta_k.0.weight"));
        NDArray patches = gradient(Part.IMAGE_ENCODER, "vision_model.embeddings.patch_embedding.weight");
        double norm = gradients.get("vision.patch_embedding.norm").asDouble();
        assertThat((double) patches.norm().getFloat()).isCloseTo(norm, within(RELATIVE * norm));
        assertThat((double) patches.sum().getFloat())
                .isCloseTo(gradients.get("vision.patch_embedding.sum").asDouble(), within(RELATIVE * norm));
        double text = gradients.get("text.layer0.fc1.norm").asDouble();
        NDArray layer = gradient(Part.TEXT_ENCODER, "text_model.encoder.layers.0.mlp.fc1.weight");
        assertThat((double) layer.norm().getFloat()).isCloseTo(text, within(RELATIVE * text));
    }

    @Test
    void thirtyStepsOfTrainingEqualThePublishedCode() {
        Map<Part, Double> rates =
                Map.of(Part.IMAGE_ENCODER, 1e-4, Part.ADAPTER, 1e-3, Part.FINE_HEAD, 1e-3, Part.CONCEPTS, 1e-3);
        List<Optimizer.Group> groups = rates.entrySet().stream()
                .map(rate -> new Optimizer.Group(rate.getValue(), 0, model.parameters(rate.getKey())))
                .toList();
        try (RAdam optimizer = new RAdam(groups, model.imageTower().manager())) {
            for (JsonNode step : golden.get("training")) {
                try (NDManager each = scope.newSubManager();
                        GradientCollector collector = scope.getEngine().newGradientCollector()) {
                    TrainedTexts texts = model.trainedTexts(each);
                    NDArray features = model.encodeImages(ReferenceModel.pixels(each), true);
                    Map<String, NDArray> terms = losses(model.forwardFeatures(features, texts));
                    assertLosses(terms, step);
                    collector.backward(total(terms));
                    texts.backward().run();
                    optimizer.step(1);
                    model.imageTower().version().stepTaken();
                }
            }
        }
    }

    private Map<String, NDArray> losses(NumClipOutput output) {
        NDManager manager = output.value().getManager();
        long[] bins = new long[golden.get("coarse_labels").size()];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = golden.get("coarse_labels").get(i).asLong();
        }
        Targets targets = new Targets(Golden.array(manager, golden.get("ages")), manager.create(bins));
        Map<String, NDArray> terms = new LinkedHashMap<>();
        losses.forEach(each -> terms.put(each.name(), each.loss().evaluate(output, targets)));
        return terms;
    }

    private static NDArray total(Map<String, NDArray> terms) {
        return terms.values().stream().reduce(NDArray::add).orElseThrow();
    }

    private static void assertLosses(Map<String, NDArray> terms, JsonNode expected) {
        terms.forEach((name, loss) -> {
            double value = expected.get(name).asDouble();
            assertThat((double) loss.getFloat()).as(name).isCloseTo(value, within(RELATIVE * Math.abs(value)));
        });
    }

    private void assertClose(NDArray found, JsonNode expected) {
        NDArrayAssert.assertThat(found).isRelativelyCloseTo(Golden.array(scope, expected), FORWARD);
    }

    private void assertGradient(Part part, String name, JsonNode expected) {
        NDArrayAssert.assertThat(gradient(part, name)).isRelativelyCloseTo(Golden.array(scope, expected), RELATIVE);
    }

    private NDArray gradient(Part part, String name) {
        Parameter parameter = model.parameters(part).get(name);
        NDArray gradient = parameter.getArray().getGradient();
        gradient.attach(scope);
        return gradient;
    }
}
