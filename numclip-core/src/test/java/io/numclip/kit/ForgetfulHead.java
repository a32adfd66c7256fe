package io.numclip.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;

/** Broken: registers a parameter {@code shift} and forgets to use it. */
final class ForgetfulHead extends AbstractBlock implements FineHead {

    private final float[] anchors; // (K)

    ForgetfulHead(HeadContext context) {
        double[] doubles = context.bins().anchors();
        anchors = new float[doubles.length];
        for (int k = 0; k < doubles.length; k++) {
            anchors[k] = (float) doubles[k];
        }
        addParameter(Parameter.builder()
                .setName("shift")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(1))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
        NDArray logits = inputs.get(0); // (N, K)
        return new NDList(logits.softmax(1).matMul(logits.getManager().create(anchors))); // (N)
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }

    record Config() {}

    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "forgetful";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new ForgetfulHead(context);
        }
    }
}
