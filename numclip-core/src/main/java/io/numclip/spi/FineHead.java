package io.numclip.spi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.Optional;

/**
 * Turns the coarse logits into the number (NumCLIP, section 3.2, fine stage). A head is a DJL block; extend
 * {@link ai.djl.nn.AbstractBlock}, register the parameters, and implement {@code forwardInternal} over the list
 * {@code [logits, imageFeatures]}.
 *
 * <p>Where gradients flow, use arrays, never plain numbers, as operands of {@code mul}, {@code div}, {@code pow},
 * {@code minimum} and {@code maximum}: {@code x.mul(x.getManager().create(2f))}, not {@code x.mul(2)}. DJL 0.36
 * releases the memory of a plain number to the garbage collector before the backward pass reads it, so that a gradient
 * is occasionally wrong. {@code add} and {@code sub} may take numbers. The contract in the test kit finds violations.
 */
public interface FineHead extends Block {

    /**
     * @param logits (N, K) similarity of each image to each concept, times the logit scale
     * @param imageFeatures (N, D) L2-normalised
     * @param training true keeps the graph, so that gradients reach the head's parameters
     * @return (N) the number, in the unit of the label scale
     */
    default NDArray refine(ParameterStore parameters, NDArray logits, NDArray imageFeatures, boolean training) {
        return Outputs.only(this, forward(parameters, new NDList(logits, imageFeatures), training));
    }

    /**
     * What the number of each image is made of, for users who ask how it came about. No gradients are needed.
     *
     * @param logits as for {@link #refine}
     * @param imageFeatures likewise
     * @return whose sum over the concepts is the number that {@link #refine} gives; empty: the head does not say
     */
    default Optional<ConceptNumbers> conceptNumbers(ParameterStore parameters, NDArray logits, NDArray imageFeatures) {
        return Optional.empty();
    }

    /** Creates a head for the bins of a run. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        FineHead create(C config, HeadContext context);
    }
}
