package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.model.NumClipModel;
import io.numclip.spi.ComponentFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of the two kinds of heads share.
 *
 * @param <F> the factory
 * @param <C> settings of the head
 */
public abstract class HeadContract<F extends ComponentFactory<C>, C extends Record> extends ComponentContract<F, C> {

    static final int BATCH = 7;
    static final int EMBED_DIM = TinyClip.EMBED_DIM;

    private static final String AFTER_COLLECTION =
            "the gradient of %s is wrong after a garbage collection: take no plain numbers as"
                    + " operands of mul, div, pow, minimum and maximum (see FineHead)";

    NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** Number concepts to test with. Override it if the head needs special ones. */
    protected Bins bins() {
        return KitValues.AGES;
    }

    final LabelScale scale() {
        return new LabelScale(
                bins().get(0).lower(), bins().get(bins().size() - 1).upper(), "units");
    }

    final NDArray features(int count) {
        return KitValues.normalize(KitValues.random(manager, new Random(7), count, EMBED_DIM, 1)); // (N, D)
    }

    static NDArray backboneFeatures(NumClipModel model) {
        return KitValues.random(model.imageTower().manager(), new Random(7), BATCH, EMBED_DIM, 1); // (N, D)
    }

    /** A copy of a model's array that outlives the model. */
    final NDArray copy(NDArray array) {
        return manager.create(array.toFloatArray());
    }

    /** Makes the head trainable, as a run does. */
    static void unfreeze(Block head) {
        head.getParameters().forEach(parameter -> parameter.getValue().freeze(false));
    }

    /**
     * A plain number as operand is an array that nobody holds, and its memory may be gone when the gradient is taken.
     *
     * @param gradients by what they are of, of a pass that runs this between its two halves
     */
    static void compareAfterACollection(Function<Runnable, Map<String, NDArray>> gradients) {
        Map<String, NDArray> calm = gradients.apply(() -> {});
        gradients
                .apply(GarbageCollection::provoke)
                .forEach((name, disturbed) -> assertThat(disturbed)
                        .as(AFTER_COLLECTION, name)
                        .isFinite()
                        .isRelativelyCloseTo(calm.get(name), 1e-6));
    }

    /** The gradients of all parameters, by their names. */
    static Map<String, NDArray> ofParameters(Block head) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            gradients.put(
                    "parameter '" + parameter.getKey() + "'",
                    parameter.getValue().getArray().getGradient());
        }
        return gradients;
    }

    /** Adds every parameter times 0 to the sum: one that the head does not use then has gradient 0, not none. */
    final NDArray withEveryParameter(NDArray sum, Block head) {
        NDArray nothing = manager.create(0f); // ()
        NDArray all = sum;
        for (Pair<String, Parameter> parameter : head.getParameters()) {
            all = all.add(parameter.getValue().getArray().sum().mul(nothing)); // ()
        }
        return all;
    }
}
