package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * Predicts how likely each number concept is (NumCLIP, section 3.2, coarse stage). A head is a DJL block; extend
 * {@link ai.djl.nn.AbstractBlock}, register the parameters, and implement {@code forwardInternal} over the list
 * {@code [imageFeatures, textFeatures, logitScale]}.
 *
 * <p>Whether a head computes similarities, scores or thresholds, softmax(logits) is the probability of the K concepts,
 * so that every loss and every fine head works with every coarse head. Do not use plain numbers as operands where
 * gradients flow; {@link FineHead} explains why.
 */
public interface CoarseHead extends Block {

    /**
     * @param imageFeatures (N, D) L2-normalised; of the joint space, if the head reads texts
     * @param textFeatures (K, D) L2-normalised, one row per number concept, in order
     * @param logitScale () the factor by which CLIP multiplies a cosine
     * @param training true keeps the graph, so that gradients reach the head's parameters
     * @return (N, K)
     */
    default NDArray logits(
            ParameterStore parameters,
            NDArray imageFeatures,
            NDArray textFeatures,
            NDArray logitScale,
            boolean training) {
        NDList inputs = new NDList(imageFeatures, textFeatures, logitScale);
        return Outputs.only(this, forward(parameters, inputs, training));
    }

    /** Creates a head for the bins of a run. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        CoarseHead create(C config, HeadContext context);

        /**
         * The settings that a model is built by, and built again when it is loaded: those of the user, unless something
         * in them follows from how many training images there are.
         */
        default C forImages(C config, int trainingImages) {
            return config;
        }

        /**
         * Whether the head looks at the text features. A run with such a head refuses a model that has an image tower only;
         * without one, text features are NaN there.
         */
        default boolean readsTexts() {
            return false;
        }
    }
}
