package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every loss keeps. */
public abstract class RankingLossContract<C extends Record> extends ComponentContract<RankingLoss.Factory<C>, C> {

    private static final int EMBED_DIM = 8;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    protected Bins bins() {
        return new Bins(List.of(
                new Bin("child", 0, 13, 6),
                new Bin("teenager", 13, 19, 16),
                new Bin("young adult", 19, 35, 27),
                new Bin("middle adult", 35, 65, 48),
                new Bin("older adult", 65, 100, 75)));
    }

    @Test
    void isAScalar() {
        assertThat(evaluate(output(6, 10), targets(3, 16, 25, 40, 70, 12)))
                .as("evaluate(): return the mean over the batch, an array without dimensions")
                .hasShape();
    }

    @Test
    void gradientReachesTheOutput() {
        NDArray gradients = gradients(output(6, 10), targets(3, 16, 25, 40, 70, 12));
        assertThat(gradients)
                .as("evaluate(): no gradient reaches the output; do not detach it or go through Java arrays")
                .isNotAllZero();
    }

    @Test
    void extremeLogitsGiveFiniteLossAndGradients() {
        assertFinite(output(6, 1e4), targets(3, 16, 25, 40, 70, 12), "logits of ±10,000");
    }

    @Test
    void oneImageAloneGivesFiniteLossAndGradients() {
        assertFinite(output(1, 10), targets(40), "a batch of one image");
    }

    @Test
    void equalLabelsGiveFiniteLossAndGradients() {
        assertFinite(output(5, 10), targets(16, 16, 16, 16, 16), "a batch of equal labels");
    }

    @Test
    void absentBinsGiveFiniteLossAndGradients() {
        assertFinite(output(4, 10), targets(1, 90, 91, 2), "a batch that holds only the two outer bins");
    }

    @Test
    void perfectValuesGiveFiniteLossAndGradients() {
        NumClipOutput output = output(3, 10);
        double[] values = new double[3];
        Arrays.setAll(values, i -> output.value().getFloat(i));
        assertFinite(output, targets(values), "values equal to the labels");
    }

    @Test
    void gradientsSurviveAGarbageCollection() {
        Targets targets = targets(3, 16, 25, 40, 70, 12);
        assertThat(gradients(output(6, 10), targets, GarbageCollection::provoke))
                .as(
                        "gradients are wrong after a garbage collection: take no plain numbers as operands of mul, div, pow,"
                                + " minimum and maximum (see FineHead)")
                .isRelativelyCloseTo(gradients(output(6, 10), targets), 1e-6);
    }

    @Test
    void orderOfImagesDoesNotMatter() {
        NumClipOutput output = output(4, 10);
        NDArray order = manager.create(new long[] {2, 0, 3, 1});
        NumClipOutput shuffled = new NumClipOutput(
                output.imageFeatures().get(order),
                output.textFeatures(),
                output.logits().get(order),
                output.value().get(order));
        assertThat(evaluate(shuffled, targets(25, 3, 70, 16)))
                .as("evaluate(): the order of the images in the batch must not matter")
                .isRelativelyCloseTo(evaluate(output, targets(3, 16, 25, 70)), 1e-5);
    }

    @Test
    void sameInputGivesSameLoss() {
        Targets targets = targets(3, 16, 25, 70);
        assertThat(evaluate(output(4, 10), targets))
                .as("evaluate(): no randomness, no state between calls")
                .isCloseTo(evaluate(output(4, 10), targets), 0);
    }

    private void assertFinite(NumClipOutput output, Targets targets, String when) {
        assertThat(evaluate(output, targets))
                .as("the loss must be finite for %s", when)
                .isFinite();
        assertThat(gradients(output, targets))
                .as("gradients must be finite for %s", when)
                .isFinite();
    }

    private NDArray evaluate(NumClipOutput output, Targets targets) {
        return factory()
                .create(config(), new RankingLoss.Context(bins(), EMBED_DIM))
                .evaluate(output, targets);
    }

    /** Gradients of everything in the output, end to end. */
    private NDArray gradients(NumClipOutput output, Targets targets) {
        return gradients(output, targets, () -> {});
    }

    private NDArray gradients(NumClipOutput output, Targets targets, Runnable between) {
        NDArray nothing = manager.create(0f);
        NDList parts = new NDList(output.logits(), output.value(), output.imageFeatures(), output.textFeatures());
        parts.forEach(part -> part.setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = evaluate(output, targets);
            for (NDArray part : parts) {
                loss = loss.add(part.sum().mul(nothing)); // a part that the loss leaves out has gradient 0, not none
            }
            between.run();
            collector.backward(loss);
        }
        return parts.stream()
                .map(part -> part.getGradient().flatten())
                .reduce((first, second) -> first.concat(second))
                .orElseThrow();
    }

    private NumClipOutput output(int batch, double deviation) {
        Random random = new Random(7);
        NDArray image = random(random, batch, EMBED_DIM, 1);
        NDArray text = random(random, bins().size(), EMBED_DIM, 1);
        NDArray logits = random(random, batch, bins().size(), deviation);
        NDArray value = random(random, batch, 1, 1).mul(20).add(50).flatten();
        return new NumClipOutput(
                image.div(image.norm(new int[] {1}, true)), text.div(text.norm(new int[] {1}, true)), logits, value);
    }

    private Targets targets(double... labels) {
        float[] values = new float[labels.length];
        long[] indices = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = (float) labels[i];
            indices[i] = bins().indexOf(labels[i]);
        }
        return new Targets(manager.create(values), manager.create(indices));
    }

    private NDArray random(Random random, int rows, int columns, double deviation) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return manager.create(values, new Shape(rows, columns));
    }
}
