package io.numclip.spi;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;

/**
 * Divides the label scale into number concepts: adjacent bins, each with a word (NumCLIP, section 3.2, coarse stage).
 */
public interface BinningStrategy {

    /**
     * @param trainingLabels labels of the training split, not empty, in any order
     * @return bins that cover the label scale without gap or overlap
     */
    Bins fit(double[] trainingLabels);

    /** Creates a binning strategy for a task's label scale. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        BinningStrategy create(C config, LabelScale scale);
    }
}
