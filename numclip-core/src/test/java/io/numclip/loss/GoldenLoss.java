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
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The twelve cases of {@code fcrc-loss.json}: loss and gradient within 1e-5 of the published code, relatively. */
final class GoldenLoss {

    private static final double TOLERANCE = 1e-5;

    private GoldenLoss() {}

    static <C extends Record> void check(String field, RankingLoss.Factory<C> factory, C config) {
        for (JsonNode golden : Golden.json("fcrc-loss.json").get("cases")) {
            try (NDManager manager = NDManager.newBaseManager()) {
                Bins bins = bins(golden.get("ranks").asInt());
                List<Integer> counts = Collections.nCopies(bins.size(), 1);
                RankingLoss loss = factory.create(config, new RankingLoss.Context(bins, 8, counts));
                check(manager, golden, golden.get(field), loss);
            }
        }
    }

    private static void check(NDManager manager, JsonNode golden, JsonNode expected, RankingLoss loss) {
        NDArray logits = Golden.array(manager, golden.get("logits"));
        logits.setRequiresGradient(true);
        NDArray labels = Golden.array(manager, golden.get("labels"));
        Targets targets = new Targets(labels, labels.toType(DataType.INT64, false));
        NDArray found;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            found = loss.evaluate(new NumClipOutput(logits, logits, logits, labels), targets);
            collector.backward(found);
        }
        String name = "batch of " + golden.get("batch") + ", " + golden.get("ranks") + " ranks";
        assertThat(found)
                .as("loss, %s", name)
                .isRelativelyCloseTo(Golden.array(manager, expected.get("loss")), TOLERANCE);
        assertThat(logits.getGradient())
                .as("gradient, %s", name)
                .isRelativelyCloseTo(Golden.array(manager, expected.get("grad")), TOLERANCE);
    }

    private static Bins bins(int count) {
        return new Bins(IntStream.range(0, count)
                .mapToObj(i -> new Bin("rank " + i, i, i + 1, i))
                .toList());
    }
}
