package io.numclip.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;

/** Broken: multiplies what it makes of the image features by a plain number, beside sound logits. */
abstract class PlainNumberHead extends AbstractBlock {

    private static final double SPAN = 20;

    final int concepts;
    private final Parameter weight;

    private PlainNumberHead(HeadContext context, int outputs) {
        this.concepts = context.bins().size();
        this.weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(context.embedDim(), outputs))
                .optInitializer(Initializer.ONES)
                .build());
    }

    /** (N, outputs) */
    final NDArray moved(ParameterStore parameters, NDArray features, boolean training) {
        NDArray weights = parameters.getValue(weight, features.getDevice(), training); // (D, outputs)
        return features.matMul(weights).tanh().mul(SPAN);
    }

    record Config() {}

    static final class Fine extends PlainNumberHead implements FineHead {

        private Fine(HeadContext context) {
            super(context, 1);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
            NDArray likeliest = inputs.get(0).softmax(1).max(new int[] {1}); // (N)
            return new NDList(
                    moved(parameters, inputs.get(1), training).squeeze(1).add(likeliest)); // (N)
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return new Shape[] {new Shape(inputShapes[0].get(0))};
        }

        public static final class Factory implements FineHead.Factory<Config> {

            @Override
            public String type() {
                return "plain-number";
            }

            @Override
            public Config defaults() {
                return new Config();
            }

            @Override
            public FineHead create(Config config, HeadContext context) {
                return new Fine(context);
            }
        }
    }

    static final class Coarse extends PlainNumberHead implements CoarseHead {

        private Coarse(HeadContext context) {
            super(context, context.bins().size());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
            NDArray similar = inputs.get(0).matMul(inputs.get(1).transpose()); // (N, K)
            return new NDList(moved(parameters, inputs.get(0), training).add(similar)); // (N, K)
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return new Shape[] {new Shape(inputShapes[0].get(0), concepts)};
        }

        public static final class Factory implements CoarseHead.Factory<Config> {

            @Override
            public String type() {
                return "plain-number";
            }

            @Override
            public Config defaults() {
                return new Config();
            }

            @Override
            public CoarseHead create(Config config, HeadContext context) {
                return new Coarse(context);
            }
        }
    }
}
