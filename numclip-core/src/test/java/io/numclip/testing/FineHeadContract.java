package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.spi.FineHead;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every fine head keeps. */
public abstract class FineHeadContract<C extends Record> extends ComponentContract<FineHead.Factory<C>, C> {

    private static final int BATCH = 7;
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
    void givesOneNumberPerImage() {
        assertThat(refine(newHead(), logits(), features(BATCH)))
                .as("forwardInternal(): return one array of shape (N)")
                .hasShape(BATCH);
    }

    @Test
    void outputShapeIsDeclared() {
        Shape[] shapes = newHead()
                .getOutputShapes(
                        new Shape[] {logits().getShape(), features(BATCH).getShape()});
        Assertions.assertThat(shapes)
                .as("getOutputShapes(): return the one shape (N)")
                .containsExactly(new Shape(BATCH));
    }

    @Test
    void extremeLogitsGiveFiniteNumbersAndGradients() {
        FineHead head = newHead();
        NDArray logits = extremeLogits();
        logits.setRequiresGradient(true);
        NDArray value = backward(head, logits, features(logits.getShape().get(0)));
        assertThat(value)
                .as("forwardInternal(): stay finite on logits of ±10,000")
                .isFinite();
        assertThat(logits.getGradient())
                .as("the gradient of the logits must stay finite")
                .isFinite();
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            assertThat(parameter.getValue().getArray().getGradient())
                    .as("the gradient of %s must stay finite", parameter.getKey())
                    .isFinite();
        }
    }

    @Test
    void gradientReachesEveryParameter() {
        FineHead head = newHead();
        NDArray logits = logits();
        logits.setRequiresGradient(true);
        backward(head, logits, features(BATCH));
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            assertThat(parameter.getValue().getArray().getGradient())
                    .as(
                            "no gradient reaches %s: use it in forwardInternal(), or do not register it",
                            parameter.getKey())
                    .isNotAllZero();
        }
        assertThat(logits.getGradient())
                .as("no gradient reaches the logits: do not detach them")
                .isNotAllZero();
    }

    @Test
    void gradientsSurviveAGarbageCollection() {
        NDArray calm = logits();
        calm.setRequiresGradient(true);
        backward(newHead(), calm, features(BATCH));
        NDArray disturbed = logits();
        disturbed.setRequiresGradient(true);
        backward(newHead(), disturbed, features(BATCH), GarbageCollection::provoke);
        assertThat(disturbed.getGradient())
                .as("the gradient is wrong after a garbage collection: take no plain numbers as operands of mul, div,"
                        + " pow, minimum and maximum (see FineHead)")
                .isRelativelyCloseTo(calm.getGradient(), 1e-6);
    }

    @Test
    void oneImageAloneGivesTheSameNumberAsInABatch() {
        FineHead head = newHead();
        NDArray together = refine(head, logits(), features(BATCH));
        for (int i = 0; i < BATCH; i++) {
            String image = i + ":" + (i + 1);
            assertThat(refine(head, logits().get(image), features(BATCH).get(image)))
                    .as("the answer to image %d must not depend on the others of its batch", i)
                    .isRelativelyCloseTo(together.get(image), 1e-5);
        }
    }

    @Test
    void sameInputGivesSameNumbers() {
        FineHead head = newHead();
        assertThat(refine(head, logits(), features(BATCH)))
                .as("forwardInternal(): no randomness outside training")
                .isCloseTo(refine(head, logits(), features(BATCH)), 0);
    }

    @Test
    void everyNewHeadStartsAlike() {
        assertThat(refine(newHead(), logits(), features(BATCH)))
                .as("initialise parameters from a fixed seed, so that a run can be repeated")
                .isCloseTo(refine(newHead(), logits(), features(BATCH)), 0);
    }

    @Test
    void inputsAreLeftAsTheyWere() {
        NDArray logits = logits();
        NDArray features = features(BATCH);
        refine(newHead(), logits, features);
        assertThat(logits).as("do not change the logits in place").isCloseTo(logits(), 0);
        assertThat(features).as("do not change the image features in place").isCloseTo(features(BATCH), 0);
    }

    private FineHead newHead() {
        FineHead head = factory().create(config(), new FineHead.Context(bins(), EMBED_DIM));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, bins().size()), new Shape(1, EMBED_DIM));
        return head;
    }

    private NDArray refine(FineHead head, NDArray logits, NDArray features) {
        return head.refine(new ParameterStore(manager, false), logits, features, false);
    }

    private NDArray backward(FineHead head, NDArray logits, NDArray features) {
        return backward(head, logits, features, () -> {});
    }

    private NDArray backward(FineHead head, NDArray logits, NDArray features, Runnable between) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = head.refine(new ParameterStore(manager, false), logits, features, true);
            between.run();
            collector.backward(value.sum());
            return value;
        }
    }

    private NDArray logits() {
        return random(BATCH, bins().size(), 10);
    }

    private NDArray features(long count) {
        NDArray features = random((int) count, EMBED_DIM, 1);
        return features.div(features.norm(new int[] {1}, true));
    }

    /** Each concept alone very likely, each alone very unlikely, and all alike. */
    private NDArray extremeLogits() {
        NDArray likely = manager.eye(bins().size()).mul(2e4).sub(1e4);
        NDArray alike = manager.ones(new Shape(1, bins().size())).mul(1e4);
        return likely.concat(likely.neg()).concat(alike).concat(alike.neg());
    }

    private NDArray random(int rows, int columns, double deviation) {
        Random random = new Random(7);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return manager.create(values, new Shape(rows, columns));
    }
}
