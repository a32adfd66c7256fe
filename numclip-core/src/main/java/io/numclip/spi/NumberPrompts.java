package io.numclip.spi;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import java.util.List;

/** Sentences about number concepts, for the text tower. */
public interface NumberPrompts {

    /**
     * The prompts of the bins in T wordings: all K bins in order in the first wording, then all in the next. The text
     * features of a bin in its wordings are L2-normalised and averaged (the prompt ensemble of Radford et al., 2021,
     * section 3.1.4).
     *
     * @return (T·K) prompts; (T·B) where an {@link #interpolation} is given
     */
    List<NumberPrompt> promptsFor(Bins bins);

    /**
     * For prompts that name only B base concepts: the weight of each base concept's embedding in the embedding of each
     * bin (OrdinalCLIP, Li et al., NeurIPS 2022, section 3.2). Only the base concepts are then trained.
     *
     * @return (K, B), rows that sum to 1; empty where every bin has a concept of its own
     */
    default double[][] interpolation(Bins bins) {
        return new double[0][];
    }

    /**
     * Whether the words of the contexts are only placeholders: their embeddings start as small random numbers and mean
     * nothing before they are trained (CoOp, Zhou et al., IJCV 2022).
     */
    default boolean isContextRandom() {
        return false;
    }

    /**
     * Whether context and ending are one context with the concept in its middle: half of its tokens, rounded down, come
     * before the concept, wherever the words were parted (OrdinalCLIP).
     */
    default boolean isContextHalved() {
        return false;
    }

    /** Creates prompts from their settings. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        NumberPrompts create(C config);
    }
}
