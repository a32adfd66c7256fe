package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.numclip.clip.Precision;
import io.numclip.head.LikeliestHead;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every coarse head must give: finite logits for each image and concept, whatever else is in the batch; gradients
 * for every parameter, unless it is fitted and not differentiable; the same numbers after saving and loading. A test is one subclass that provides the factory.
 *
 * @param <C> settings of the head
 */
public abstract class CoarseHeadContract<C extends Record> extends HeadContract<CoarseHead.Factory<C>, C> {

    private static final int TRAINING_IMAGES = 40;

    @Test
    void givesALogitForEachImageAndConcept() {
        NDArray logits = logits(newHead(), features(BATCH));
        assertThat(logits)
                .as("forwardInternal(): return one array of shape (N, K), one logit per concept")
                .hasShape(BATCH, bins().size());
        Assertions.assertThat(logits.getDataType())
                .as("forwardInternal(): return float32, as the features are")
                .isEqualTo(DataType.FLOAT32);
    }

    @Test
    void outputShapeIsDeclared() {
        Shape[] inputs = {new Shape(BATCH, EMBED_DIM), new Shape(bins().size(), EMBED_DIM), new Shape()};
        Assertions.assertThat(newHead().getOutputShapes(inputs))
                .as("getOutputShapes(): return the one shape (N, K)")
                .containsExactly(new Shape(BATCH, bins().size()));
    }

    @Test
    void gradientReachesEveryParameterAndIsFinite() {
        assumeDifferentiable();
        for (double size : new double[] {1, 1e4}) {
            CoarseHead head = newHead();
            backward(head, features(BATCH).mul(size));
            for (Pair<String, Parameter> parameter : head.getParameters()) {
                assertThat(parameter.getValue().getArray().getGradient())
                        .as("the gradient of parameter '%s' must be finite", parameter.getKey())
                        .isFinite();
            }
        }
        CoarseHead head = newHead();
        backward(head, features(BATCH));
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            assertThat(parameter.getValue().getArray().getGradient())
                    .as(
                            "parameter '%s' got no gradient: use it in forwardInternal(), through"
                                    + " parameters.getValue(…, training), or do not register it with addParameter()",
                            parameter.getKey())
                    .isNotAllZero();
        }
    }

    @Test
    void gradientReachesTheImageFeatures() {
        assumeDifferentiable();
        NDArray features = features(BATCH);
        features.setRequiresGradient(true);
        backward(newHead(), features);
        assertThat(features.getGradient())
                .as("the image features got no gradient: compute the logits from them, without toFloatArray() or"
                        + " stopGradient() on the way")
                .isFinite()
                .isNotAllZero();
    }

    @Test
    void gradientsSurviveAGarbageCollection() {
        assumeDifferentiable();
        compareAfterACollection(this::gradients);
    }

    /** Of the inputs and of every parameter, by their names; no parameter is 0, which would hide what it multiplies. */
    private Map<String, NDArray> gradients(Runnable between) {
        CoarseHead head = newHead();
        KitValues.disturb(head);
        NDArray features = features(BATCH);
        NDArray words = words();
        features.setRequiresGradient(true);
        backward(head, features, words, between);
        Map<String, NDArray> gradients = ofParameters(head);
        gradients.put("the image features", features.getGradient());
        gradients.put("the text features", words.getGradient());
        return gradients;
    }

    @Test
    void oneImageAloneGivesTheSameLogitsAsInABatch() {
        CoarseHead head = newHead();
        NDArray together = logits(head, features(BATCH));
        for (int i = 0; i < BATCH; i++) {
            String image = i + ":" + (i + 1);
            assertThat(logits(head, features(BATCH).get(image)))
                    .as("the logits of image %d change with its batch: work along axis 1, never along axis 0", i)
                    .isRelativelyCloseTo(together.get(image), 1e-5);
        }
    }

    @Test
    void everyNewHeadStartsAlike() {
        assertThat(logits(newHead(), features(BATCH)))
                .as("two new heads differ: initialise parameters from a fixed seed, so that a run can be repeated")
                .isCloseTo(logits(newHead(), features(BATCH)), 0);
    }

    @Test
    void savedModelGivesTheSameNumbers(@TempDir Path folder) throws IOException {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        Path directory = folder.resolve("model");
        NDArray before;
        try (NumClipModel model = clip.model(bins(), newHead(false), likeliest())) {
            KitValues.disturb(model.coarseHead());
            before = logits(model);
            ModelDirectory.write(
                    directory, model, clip.description(scale(), factory().type(), "likeliest"));
        }
        ModelDirectory saved = ModelDirectory.open(directory);
        try (NumClipPredictor predictor =
                saved.predictor(clip.base(), newHead(false), likeliest(), Device.cpu(), Precision.FP32)) {
            assertThat(logits(predictor.model()))
                    .as("the head gives other numbers after saving and loading: keep everything that is trained in"
                            + " parameters registered with addParameter(), and compute from them, not from copies")
                    .isRelativelyCloseTo(before, 1e-5);
        }
    }

    private void assumeDifferentiable() {
        assumeTrue(
                !(newHead() instanceof FittedCoarseHead fitted) || fitted.isDifferentiable(),
                "no gradient passes through this head");
    }

    private NDArray logits(NumClipModel model) {
        return copy(model.forwardFeatures(backboneFeatures(model), false).logits()); // (N, K)
    }

    private FineHead likeliest() {
        return new LikeliestHead.Factory().create(new LikeliestHead.Config(), new HeadContext(bins(), EMBED_DIM));
    }

    private CoarseHead newHead() {
        return newHead(true);
    }

    private CoarseHead newHead(boolean initialized) {
        C config = factory().forImages(config(), TRAINING_IMAGES);
        CoarseHead head = factory().create(config, new HeadContext(bins(), EMBED_DIM));
        if (initialized) {
            Shape text = new Shape(bins().size(), EMBED_DIM);
            head.initialize(manager, DataType.FLOAT32, new Shape(1, EMBED_DIM), text, new Shape());
        }
        return head;
    }

    private NDArray logits(CoarseHead head, NDArray features) {
        return head.logits(new ParameterStore(manager, false), features, words(), manager.create(10f), false); // (N, K)
    }

    private void backward(CoarseHead head, NDArray features) {
        backward(head, features, words(), () -> {});
    }

    private void backward(CoarseHead head, NDArray features, NDArray words, Runnable between) {
        unfreeze(head);
        NDArray nothing = manager.create(0f); // ()
        NDArray slopes = KitValues.random(manager, new Random(3), BATCH, bins().size(), 1); // (N, K)
        words.setRequiresGradient(true); // so that a head without parameters has a graph
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = head.logits(
                    new ParameterStore(manager, false), features, words, manager.create(10f), true); // (N, K)
            NDArray sum = logits.logSoftmax(1)
                    .mul(slopes)
                    .sum()
                    .add(words.sum().add(features.sum()).mul(nothing)); // ()
            between.run();
            collector.backward(withEveryParameter(sum, head));
        }
    }

    private NDArray words() {
        return KitValues.normalize(KitValues.random(manager, new Random(9), bins().size(), EMBED_DIM, 1)); // (K, D)
    }
}
