package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.numclip.data.Bins;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every term of the objective must give: a finite scalar and finite gradients for every batch, however small or
 * uniform. A test is one subclass that provides the factory.
 *
 * @param <C> settings of the loss
 */
public abstract class RankingLossContract<C extends Record> extends ComponentContract<RankingLoss.Factory<C>, C> {

    private static final int EMBED_DIM = TinyClip.EMBED_DIM;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** Number concepts to test with. Override it if the loss needs special ones. */
    protected Bins bins() {
        return KitValues.AGES;
    }

    /** What the host tells a loss: equally many training images in each bin. */
    protected RankingLoss.Context context() {
        return new RankingLoss.Context(bins(), EMBED_DIM, Collections.nCopies(bins().size(), 100));
    }

    /** Override it to return false if the loss compares the images of a batch with each other. */
    protected boolean isMeanOverImages() {
        return true;
    }

    @Test
    void isAScalar() {
        NDArray loss = evaluate(output(6, 10), targets(3, 16, 25, 40, 70, 12));
        Assertions.assertThat(loss.getDataType())
                .as("evaluate(): return float32, as the output is; a double added to a scalar makes it float64")
                .isEqualTo(DataType.FLOAT32);
        assertThat(loss)
                .as("evaluate(): return a scalar of shape (), the mean over the batch: end with mean()")
                .hasShape();
    }

    @Test
    void gradientReachesTheOutput() {
        NDArray gradients = gradients(output(6, 10), targets(3, 16, 25, 40, 70, 12));
        assertThat(gradients)
                .as(
                        "evaluate(): no gradient reaches the output: compute the loss from its arrays, without toFloatArray()"
                                + " or stopGradient() on the way")
                .isNotAllZero();
    }

    @Test
    void extremeLogitsGiveFiniteLossAndGradients() {
        assertFinite(
                output(6, 1e4), targets(3, 16, 25, 40, 70, 12), "logits of ±10,000", "use logSoftmax, not exp and log");
    }

    @Test
    void oneImageAloneGivesFiniteLossAndGradients() {
        assertFinite(
                output(1, 10),
                targets(40),
                "a batch of one image",
                "do not divide by N − 1 or by a spread over the batch");
    }

    @Test
    void equalLabelsGiveFiniteLossAndGradients() {
        assertFinite(
                output(5, 10),
                targets(16, 16, 16, 16, 16),
                "a batch of equal labels",
                "a sum of label distances is 0 there; do not divide by it alone");
    }

    @Test
    void absentBinsGiveFiniteLossAndGradients() {
        assertFinite(
                output(4, 10),
                targets(1, 90, 91, 2),
                "a batch that lacks bins",
                "the count of a bin without images is 0; do not divide by it alone");
    }

    @Test
    void perfectValuesGiveFiniteLossAndGradients() {
        NumClipOutput output = output(3, 10);
        double[] values = new double[3];
        Arrays.setAll(values, i -> output.value().getFloat(i));
        assertFinite(
                output,
                targets(values),
                "values equal to the labels",
                "sqrt and norm have no gradient at 0; add a small number");
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
                .as("evaluate(): the order of the images in the batch must not matter: treat all images alike")
                .isRelativelyCloseTo(evaluate(output, targets(3, 16, 25, 70)), 1e-5);
    }

    @Test
    void batchIsTheMeanOfItsImages() {
        assumeTrue(isMeanOverImages(), "this loss compares images with each other");
        double[] labels = {3, 16, 25, 70};
        NumClipOutput output = output(4, 10);
        NDArray mean = manager.create(0f); // ()
        for (int i = 0; i < labels.length; i++) {
            mean = mean.add(evaluate(image(output, i), targets(labels[i])).div(labels.length)); // ()
        }
        assertThat(evaluate(output, targets(labels)))
                .as(
                        "evaluate(): the loss of a batch must be the mean of the losses of its images: use mean(), not sum()."
                                + " If it compares images with each other, override isMeanOverImages() to return false")
                .isRelativelyCloseTo(mean, 1e-4);
    }

    private static NumClipOutput image(NumClipOutput output, int index) {
        String range = index + ":" + (index + 1);
        return new NumClipOutput(
                output.imageFeatures().get(range),
                output.textFeatures(),
                output.logits().get(range),
                output.value().get(range));
    }

    @Test
    void sameInputGivesSameLoss() {
        Targets targets = targets(3, 16, 25, 70);
        assertThat(evaluate(output(4, 10), targets))
                .as("evaluate(): the same batch gave two losses: use no random numbers, keep no state between calls")
                .isCloseTo(evaluate(output(4, 10), targets), 0);
    }

    private void assertFinite(NumClipOutput output, Targets targets, String when, String fix) {
        assertThat(evaluate(output, targets))
                .as("evaluate(): the loss must be finite for %s: %s", when, fix)
                .isFinite();
        assertThat(gradients(output, targets))
                .as("evaluate(): the gradients must be finite for %s: %s", when, fix)
                .isFinite();
    }

    private NDArray evaluate(NumClipOutput output, Targets targets) {
        return factory().create(config(), context()).evaluate(output, targets);
    }

    /** Gradients of all arrays of the output, concatenated. */
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
                loss = loss.add(part.sum().mul(nothing)); // a part that the loss does not use has gradient 0, not none
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
        NDArray image = KitValues.random(manager, random, batch, EMBED_DIM, 1);
        NDArray text = KitValues.random(manager, random, bins().size(), EMBED_DIM, 1);
        NDArray logits = KitValues.random(manager, random, batch, bins().size(), deviation);
        NDArray value =
                KitValues.random(manager, random, batch, 1, 1).mul(20).add(50).flatten();
        return new NumClipOutput(KitValues.normalize(image), KitValues.normalize(text), logits, value);
    }

    /** All images are compared, and the larger number is always said to be more. */
    private Targets targets(double... labels) {
        int count = labels.length;
        float[] values = new float[count];
        long[] indices = new long[count];
        float[] said = new float[count * count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) labels[i];
            indices[i] = bins().indexOf(labels[i]);
            for (int j = 0; j < count; j++) {
                said[i * count + j] = i == j ? 0 : (float) (Math.signum(labels[i] - labels[j]) + 1) / 2;
            }
        }
        return new Targets(
                manager.create(values), manager.create(indices), manager.create(said, new Shape(count, count)));
    }
}
