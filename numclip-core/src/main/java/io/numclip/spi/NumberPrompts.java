package io.numclip.spi;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import java.util.List;

/** Words for number concepts: what the text tower reads. */
public interface NumberPrompts {

    /**
     * The bins in one wording, or in T of them: all K bins in order in the first wording, then all in the next. The text
     * features of a bin over its wordings are L2-normalised and averaged (the prompt ensemble of Radford et al., 2021,
     * section 3.1.4).
     *
     * @return (T·K) prompts; (T·B) where an {@link #interpolation} is given
     */
    List<NumberPrompt> promptsFor(Bins bins);

    /**
     * For prompts that name only B base concepts: how much the embedding of each base concept weighs in that of each bin
     * (OrdinalCLIP, Li et al., NeurIPS 2022, section 3.2). Only the base concepts are then learnt.
     *
     * @return (K, B), rows that sum to 1; empty where every bin has a concept of its own
     */
    default double[][] interpolation(Bins bins) {
        return new double[0][];
    }

    /**
     * Whether the words of the contexts only hold places: their embeddings begin as small random numbers and mean nothing
     * before they are learnt (CoOp, Zhou et al., IJCV 2022).
     */
    default boolean isContextRandom() {
        return false;
    }

    /** Makes prompts from their settings. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        NumberPrompts create(C config);
    }
}
