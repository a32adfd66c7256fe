package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Losses and heads stay finite, and so do their gradients, on every batch that can come. */
class NetworkProperties {

    private static final int TRAINING_IMAGES = 2048;

    private final List<RankingLoss.Factory<?>> losses = BuiltIns.of(RankingLoss.Factory.class).stream()
            .<RankingLoss.Factory<?>>map(factory -> (RankingLoss.Factory<?>) factory)
            .toList();
    private final List<CoarseHead.Factory<?>> coarseHeads = BuiltIns.of(CoarseHead.Factory.class).stream()
            .<CoarseHead.Factory<?>>map(factory -> (CoarseHead.Factory<?>) factory)
            .toList();
    private final List<FineHead.Factory<?>> fineHeads = BuiltIns.of(FineHead.Factory.class).stream()
            .<FineHead.Factory<?>>map(factory -> (FineHead.Factory<?>) factory)
            .toList();

    /** The checks would see a loss whose gradient is infinite: a planted one. */
    @Example
    void aSquareRootOfNothingIsNoticed() {
        assertThat(losses).hasSizeGreaterThan(15);
        assertThat(coarseHeads).hasSizeGreaterThan(4);
        assertThat(fineHeads).hasSizeGreaterThan(3);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray nothing = manager.create(new float[] {0, 1});
            assertThatThrownBy(() -> requireFiniteGradients(
                            "planted",
                            new Extremes(1),
                            List.of(nothing),
                            () -> nothing.sqrt().sum()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("planted: gradient");
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void lossesAndTheirGradientsAreFinite(@ForAll long seed) {
        Extremes batch = new Extremes(seed);
        for (RankingLoss.Factory<?> factory : losses) {
            RankingLoss loss = loss(factory, batch);
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray logits = manager.create(batch.logits, new Shape(batch.images, batch.classes));
                NDArray features = manager.create(batch.imageFeatures, new Shape(batch.images, batch.width));
                NDArray texts = manager.create(batch.textFeatures, new Shape(batch.classes, batch.width));
                NDArray value = manager.create(batch.values());
                Targets targets = new Targets(
                        manager.create(batch.labels).toType(DataType.FLOAT32, false),
                        manager.create(batch.labelBins()));
                List<NDArray> inputs = List.of(logits, features, texts, value);
                requireFiniteGradients(
                        factory.type(),
                        batch,
                        inputs,
                        () -> loss.evaluate(new NumClipOutput(features, texts, logits, value), targets));
            }
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void coarseHeadsAndTheirGradientsAreFinite(@ForAll long seed) {
        Extremes batch = new Extremes(seed);
        for (CoarseHead.Factory<?> factory : coarseHeads) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray features = manager.create(batch.imageFeatures, new Shape(batch.images, batch.width));
                NDArray texts = manager.create(batch.textFeatures, new Shape(batch.classes, batch.width));
                NDArray scale = manager.create(100f);
                CoarseHead head = initialized(coarse(factory, batch), manager, features, texts, scale);
                requireFiniteGradients(factory.type(), batch, List.of(features, texts), () -> {
                    NDArray logits = head.logits(new ParameterStore(manager, false), features, texts, scale, true);
                    for (float sum : logits.softmax(1).sum(new int[] {1}).toFloatArray()) {
                        assertThat(sum)
                                .as("%s: softmax, %s", factory.type(), batch)
                                .isCloseTo(1, within(1e-4f));
                    }
                    return logits.mean();
                });
            }
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void fineHeadsAndTheirGradientsAreFinite(@ForAll long seed) {
        Extremes batch = new Extremes(seed);
        for (FineHead.Factory<?> factory : fineHeads) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray logits = manager.create(batch.logits, new Shape(batch.images, batch.classes));
                NDArray features = manager.create(batch.imageFeatures, new Shape(batch.images, batch.width));
                FineHead head = initialized(fine(factory, batch), manager, logits, features);
                if (head instanceof FittedHead fitted) {
                    fitted.fit(logits, features, manager.create(batch.labels).toType(DataType.FLOAT32, false));
                    assertThat(isFinite(head.refine(new ParameterStore(manager, false), logits, features, false)))
                            .as("%s: numbers, %s", factory.type(), batch)
                            .isTrue();
                } else {
                    requireFiniteGradients(
                            factory.type(),
                            batch,
                            List.of(logits, features),
                            () -> head.refine(new ParameterStore(manager, false), logits, features, true)
                                    .mean());
                }
            }
        }
    }

    /** What is checked: a number made of the inputs. */
    private interface Forward {
        NDArray run();
    }

    private static void requireFiniteGradients(String type, Extremes batch, List<NDArray> inputs, Forward forward) {
        inputs.forEach(array -> array.setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray found = forward.run();
            assertThat(isFinite(found))
                    .as("%s: result %s, %s", type, found, batch)
                    .isTrue();
            NDArray nothing = found.getManager().create(0f);
            NDArray touched = found;
            for (NDArray input : inputs) {
                touched = touched.add(input.sum().mul(nothing)); // an input that is not used gets a gradient too
            }
            collector.backward(touched);
        }
        for (NDArray input : inputs) {
            assertThat(isFinite(input.getGradient()))
                    .as("%s: gradient, %s", type, batch)
                    .isTrue();
        }
    }

    private static boolean isFinite(NDArray array) {
        for (float number : array.toFloatArray()) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    private static <B extends Block> B initialized(B head, NDManager manager, NDArray... inputs) {
        List<Shape> shapes = new ArrayList<>();
        for (NDArray input : new NDList(inputs)) {
            shapes.add(input.getShape());
        }
        head.initialize(manager, DataType.FLOAT32, shapes.toArray(Shape[]::new));
        return head;
    }

    private static <C extends Record> RankingLoss loss(RankingLoss.Factory<C> factory, Extremes batch) {
        return factory.create(factory.defaults(), new RankingLoss.Context(batch.bins, batch.width, batch.binCounts));
    }

    private static <C extends Record> CoarseHead coarse(CoarseHead.Factory<C> factory, Extremes batch) {
        C config = factory.forImages(factory.defaults(), TRAINING_IMAGES);
        return factory.create(config, new HeadContext(batch.bins, batch.width));
    }

    private static <C extends Record> FineHead fine(FineHead.Factory<C> factory, Extremes batch) {
        return factory.create(factory.defaults(), new HeadContext(batch.bins, batch.width));
    }
}
