package io.numclip.loss;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.testing.ExtensionIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract does not ask, of all built-in losses at once. */
class EveryLossTest {

    private static final Bins TWO = new Bins(List.of(new Bin("few", 0, 10, 4), new Bin("many", 10, 50, 30)));

    static List<RankingLoss.Factory<?>> factories() throws IOException, ReflectiveOperationException {
        List<RankingLoss.Factory<?>> factories = new ArrayList<>();
        for (String name : ExtensionIndex.names(EveryLossTest.class.getClassLoader())) { // that of the tests too
            if (!name.startsWith("io.numclip.loss.")) {
                continue;
            }
            factories.add((RankingLoss.Factory<?>)
                    Class.forName(name).getConstructor().newInstance());
        }
        return factories;
    }

    @Test
    void thereAreManyRivals() throws IOException, ReflectiveOperationException {
        assertThat(factories()).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void saysWhereItComesFrom(RankingLoss.Factory<?> factory) {
        assertThat(factory.source()).matches(".+;.+");
    }

    @ParameterizedTest
    @MethodSource("factories")
    void twoConceptsAndSureLogitsGiveFiniteLossAndGradients(RankingLoss.Factory<?> factory) {
        RankingLoss loss = loss(factory);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(new float[][] {{100, -100}, {100, -100}, {-100, 100}});
            NDArray features =
                    manager.create(new float[][] {{1, 0}, {1, 0}, {0, 1}}); // the first two are the same image
            NDArray value = manager.create(new float[] {4, 4, 30});
            Targets targets =
                    new Targets(manager.create(new float[] {3, 20, 30}), manager.create(new long[] {0, 1, 1}));
            NumClipOutput output = new NumClipOutput(features, features.get(":2"), logits, value);
            Stream.of(logits, features, value).forEach(array -> array.setRequiresGradient(true));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray found = loss.evaluate(output, targets);
                assertThat(found).isFinite();
                NDArray nothing = manager.create(0f);
                collector.backward(found.add(
                        logits.sum().add(features.sum()).add(value.sum()).mul(nothing)));
            }
            Stream.of(logits, features, value)
                    .forEach(array -> assertThat(array.getGradient()).isFinite());
        }
    }

    private static <C extends Record> RankingLoss loss(RankingLoss.Factory<C> factory) {
        return factory.create(factory.defaults(), new RankingLoss.Context(TWO, 2, List.of(0, 3)));
    }
}
