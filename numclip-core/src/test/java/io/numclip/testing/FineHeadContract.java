package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;

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
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every fine head must give: one finite number per image, whatever else is in the batch; gradients for every
 * parameter; the same numbers after saving and loading. A test is one subclass with one method:
 *
 * <pre>{@code
 * class MyHeadTest extends FineHeadContract<MyHead.Config> {
 *     @Override
 *     protected MyHead.Factory factory() {
 *         return new MyHead.Factory();
 *     }
 * }
 * }</pre>
 *
 * @param <C> settings of the head
 */
public abstract class FineHeadContract<C extends Record> extends HeadContract<FineHead.Factory<C>, C> {

    /** Override it to return false if the number depends on the image features alone. */
    protected boolean readsLogits() {
        return true;
    }

    @Test
    void givesOneNumberPerImage() {
        NDArray value = refine(newHead(), logits(), features());
        assertThat(value)
                .as("forwardInternal(): return one array of shape (N); sum or squeeze the other axes")
                .hasShape(BATCH);
        Assertions.assertThat(value.getDataType())
                .as("forwardInternal(): return float32, as the logits are")
                .isEqualTo(DataType.FLOAT32);
    }

    @Test
    void outputShapeIsDeclared() {
        Shape[] shapes = newHead()
                .getOutputShapes(new Shape[] {logits().getShape(), features().getShape()});
        Assertions.assertThat(shapes)
                .as("getOutputShapes(): return the one shape (N), new Shape(inputShapes[0].get(0))")
                .containsExactly(new Shape(BATCH));
    }

    @Test
    void extremeLogitsGiveFiniteNumbersAndGradients() {
        FineHead head = newHead();
        NDArray logits = extremeLogits();
        NDArray features = features((int) logits.getShape().get(0));
        logits.setRequiresGradient(true);
        features.setRequiresGradient(true);
        NDArray value = backward(head, logits, features);
        assertThat(value)
                .as("forwardInternal(): stay finite on logits of ±10,000; use softmax or logSoftmax, not exp alone")
                .isFinite();
        assertThat(logits.getGradient())
                .as("the gradient of the logits must stay finite on logits of ±10,000: bound what goes into exp, and"
                        + " what you divide by")
                .isFinite();
        assertThat(features.getGradient())
                .as("the gradient of the image features must stay finite on logits of ±10,000")
                .isFinite();
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            assertThat(parameter.getValue().getArray().getGradient())
                    .as(
                            "the gradient of parameter '%s' must stay finite on logits of ±10,000: bound what it is"
                                    + " multiplied by",
                            parameter.getKey())
                    .isFinite();
        }
    }

    @Test
    void gradientReachesEveryParameter() {
        FineHead head = newHead();
        NDArray logits = logits();
        logits.setRequiresGradient(true);
        backward(head, logits, features());
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            assertThat(parameter.getValue().getArray().getGradient())
                    .as(
                            "parameter '%s' got no gradient: use it in forwardInternal(), through"
                                    + " parameters.getValue(…, training), or do not register it with addParameter()",
                            parameter.getKey())
                    .isNotAllZero();
        }
        if (readsLogits()) {
            assertThat(logits.getGradient())
                    .as("the logits got no gradient: compute the number from them, without toFloatArray() or"
                            + " stopGradient() on the way, or override readsLogits() to return false")
                    .isNotAllZero();
        }
    }

    @Test
    void gradientsSurviveAGarbageCollection() {
        compareAfterACollection(this::gradients);
    }

    /** Of the inputs and of every parameter, by their names; no parameter is 0, which would hide what it multiplies. */
    private Map<String, NDArray> gradients(Runnable between) {
        FineHead head = newHead();
        KitValues.disturb(head);
        NDArray logits = logits();
        NDArray features = features();
        logits.setRequiresGradient(true);
        features.setRequiresGradient(true);
        backward(head, logits, features, between);
        Map<String, NDArray> gradients = ofParameters(head);
        gradients.put("the logits", logits.getGradient());
        gradients.put("the image features", features.getGradient());
        return gradients;
    }

    @Test
    void oneImageAloneGivesTheSameNumberAsInABatch() {
        FineHead head = newHead();
        NDArray together = refine(head, logits(), features());
        for (int i = 0; i < BATCH; i++) {
            String image = i + ":" + (i + 1);
            assertThat(refine(head, logits().get(image), features().get(image)))
                    .as(
                            "the number of image %d changes with its batch: work along axis 1, never along axis 0 (no"
                                    + " batch mean, no batch normalisation)",
                            i)
                    .isRelativelyCloseTo(together.get(image), 1e-5);
        }
    }

    @Test
    void whatTheConceptsAddSumsToTheNumber() {
        FineHead head = newHead();
        KitValues.disturb(head);
        ParameterStore store = new ParameterStore(manager, false);
        head.conceptNumbers(store, logits(), features())
                .ifPresent(found -> assertThat(
                                found.weights().mul(found.numbers()).sum(new int[] {1}))
                        .as("conceptNumbers(): the weights times the numbers of the concepts must sum to what refine()"
                                + " gives; return Optional.empty() if the number is no such sum")
                        .isRelativelyCloseTo(refine(head, logits(), features()), 1e-4));
    }

    @Test
    void sameInputGivesSameNumbers() {
        FineHead head = newHead();
        assertThat(refine(head, logits(), features()))
                .as("the same input gave two numbers: forwardInternal() must use no random numbers and keep no state"
                        + " when training is false")
                .isCloseTo(refine(head, logits(), features()), 0);
    }

    @Test
    void everyNewHeadStartsAlike() {
        assertThat(refine(newHead(), logits(), features()))
                .as("two new heads differ: initialise parameters from a fixed seed, so that a run can be repeated")
                .isCloseTo(refine(newHead(), logits(), features()), 0);
    }

    @Test
    void inputsAreLeftAsTheyWere() {
        NDArray logits = logits();
        NDArray features = features();
        refine(newHead(), logits, features);
        assertThat(logits)
                .as("forwardInternal() changed the logits: use add, not addi")
                .isCloseTo(logits(), 0);
        assertThat(features)
                .as("forwardInternal() changed the image features: use add, not addi")
                .isCloseTo(features(), 0);
    }

    @Test
    void savedModelGivesTheSameNumbers(@TempDir Path folder) throws IOException {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        Path directory = folder.resolve("model");
        NDArray before;
        try (NumClipModel model = clip.model(bins(), uninitializedHead())) {
            KitValues.disturb(model.fineHead());
            before = copy(model.forwardFeatures(backboneFeatures(model), false).value());
            ModelDirectory.write(
                    directory, model, clip.description(scale(), factory().type()));
        }
        ModelDirectory saved = ModelDirectory.open(directory);
        try (NumClipPredictor predictor = saved.predictor(
                clip.base(), TinyClip.imageText(bins()), uninitializedHead(), Device.cpu(), Precision.FP32)) {
            NumClipModel model = predictor.model();
            assertThat(copy(model.forwardFeatures(backboneFeatures(model), false)
                            .value()))
                    .as("the head gives other numbers after saving and loading: keep everything that is trained in"
                            + " parameters registered with addParameter(), and compute from them, not from copies")
                    .isRelativelyCloseTo(before, 1e-5);
        }
    }

    private FineHead uninitializedHead() {
        return factory().create(config(), new HeadContext(bins(), EMBED_DIM));
    }

    private FineHead newHead() {
        FineHead head = uninitializedHead();
        head.initialize(manager, DataType.FLOAT32, new Shape(1, bins().size()), new Shape(1, EMBED_DIM));
        return head;
    }

    private NDArray refine(FineHead head, NDArray logits, NDArray features) {
        return head.refine(new ParameterStore(manager, false), logits, features, false); // (N)
    }

    private NDArray backward(FineHead head, NDArray logits, NDArray features) {
        return backward(head, logits, features, () -> {});
    }

    private NDArray backward(FineHead head, NDArray logits, NDArray features, Runnable between) {
        unfreeze(head);
        NDArray nothing = manager.create(0f); // ()
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = head.refine(new ParameterStore(manager, false), logits, features, true); // (N)
            NDArray inputs = logits.sum().add(features.sum()); // ()
            NDArray sum = value.sum().add(inputs.mul(nothing)); // ()
            between.run();
            collector.backward(withEveryParameter(sum, head));
            return value;
        }
    }

    private NDArray logits() {
        return KitValues.random(manager, new Random(7), BATCH, bins().size(), 10); // (N, K)
    }

    private NDArray features() {
        return features(BATCH);
    }

    /** Each concept alone very likely, each alone very unlikely, and all equally likely. */
    private NDArray extremeLogits() {
        NDArray likely = manager.eye(bins().size()).mul(2e4).sub(1e4); // (K, K)
        NDArray alike = manager.ones(new Shape(1, bins().size())).mul(1e4); // (1, K)
        return likely.concat(likely.neg()).concat(alike).concat(alike.neg()); // (2K + 2, K)
    }
}
