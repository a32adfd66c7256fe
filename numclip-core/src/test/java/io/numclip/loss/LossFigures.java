package io.numclip.loss;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.golden.Golden;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** The batches of {@code losses.json}: loss and gradients within 1e-5 of code named in docs/golden-figures.md, relatively. */
final class LossFigures {

    private static final double TOLERANCE = 1e-5;

    private LossFigures() {}

    /** @param name key of the figures; those of a batch that lacks it are left out */
    static <C extends Record> void check(String name, RankingLoss.Factory<C> factory, C config) {
        int checked = 0;
        for (JsonNode batch : Golden.json("losses.json").get("batches")) {
            JsonNode figures = batch.get("losses").get(name);
            if (figures != null) {
                check(batch, figures, factory.create(config, context(batch)));
                checked++;
            }
        }
        Assertions.assertThat(checked).as("batches with figures of %s", name).isGreaterThan(2);
    }

    private static void check(JsonNode batch, JsonNode figures, RankingLoss loss) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NumClipOutput output = new NumClipOutput(
                    Golden.array(manager, batch.get("imageFeatures")),
                    Golden.array(manager, batch.get("textFeatures")),
                    Golden.array(manager, batch.get("logits")),
                    Golden.array(manager, batch.get("value")));
            Map<String, NDArray> parts = Map.of(
                    "imageFeatures", output.imageFeatures(),
                    "textFeatures", output.textFeatures(),
                    "logits", output.logits(),
                    "value", output.value());
            parts.values().forEach(part -> part.setRequiresGradient(true));
            assertThat(evaluate(loss, output, targets(manager, batch)))
                    .as("loss, %s", batch.get("name"))
                    .isRelativelyCloseTo(Golden.array(manager, figures.get("loss")), TOLERANCE);
            for (Map.Entry<String, JsonNode> gradient : figures.get("gradients").properties()) {
                assertThat(parts.get(gradient.getKey()).getGradient())
                        .as("gradient of %s, %s", gradient.getKey(), batch.get("name"))
                        .isRelativelyCloseTo(Golden.array(manager, gradient.getValue()), TOLERANCE);
            }
        }
    }

    private static NDArray evaluate(RankingLoss loss, NumClipOutput output, Targets targets) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray found = loss.evaluate(output, targets);
            collector.backward(found);
            return found;
        }
    }

    private static Targets targets(NDManager manager, JsonNode batch) {
        return new Targets(
                Golden.array(manager, batch.get("labels")),
                Golden.array(manager, batch.get("bins")).toType(DataType.INT64, false));
    }

    private static RankingLoss.Context context(JsonNode batch) {
        List<Bin> bins = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        JsonNode edges = batch.get("edges");
        for (int k = 0; k < batch.get("anchors").size(); k++) {
            double anchor = batch.get("anchors").get(k).asDouble();
            bins.add(new Bin(
                    "concept " + k, edges.get(k).asDouble(), edges.get(k + 1).asDouble(), anchor));
            counts.add(batch.get("bin_counts").get(k).asInt());
        }
        return new RankingLoss.Context(new Bins(bins), 6, counts);
    }
}
