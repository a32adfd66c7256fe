package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.Constants;
import io.numclip.spi.HeadContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A coarse head that reads image features and no text. Features are multiplied by √D, so that their entries have the
 * variance that a linear model expects; on the unit sphere they would shrink with the width of the space.
 */
abstract class FeatureHead extends AbstractBlock implements CoarseHead {

    private static final float INITIAL_DEVIATION = 0.01f;

    private final int concepts; // K
    private final float scale;

    FeatureHead(HeadContext context) {
        concepts = context.bins().size();
        scale = (float) Math.sqrt(context.embedDim());
    }

    /** A parameter that starts as small random numbers. */
    final Parameter weight(String name, Shape shape) {
        return weight(name, shape, INITIAL_DEVIATION);
    }

    /** @param deviation standard deviation of the initial values */
    final Parameter weight(String name, Shape shape, double deviation) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optShape(shape)
                .optInitializer(new SeededNormal((float) deviation))
                .build());
    }

    /** A parameter with the given initial values. */
    final Parameter bias(String name, float... start) {
        Initializer initializer =
                (manager, shape, type) -> manager.create(start, shape).toType(type, false);
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(start.length))
                .optInitializer(initializer)
                .build());
    }

    /**
     * @param features (N, D) image features times √D
     * @param value gives a parameter's array
     * @return (N, K)
     */
    abstract NDArray logits(NDArray features, Function<Parameter, NDArray> value);

    @Override
    protected final NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray imageFeatures = inputs.get(0); // (N, D)
        NDArray features = imageFeatures.mul(Constants.number(imageFeatures, scale)); // (N, D)
        return new NDList(logits(
                features, parameter -> parameters.getValue(parameter, imageFeatures.getDevice(), training))); // (N, K)
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), concepts)};
    }
}
