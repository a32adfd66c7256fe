package io.numclip.evaluation;

import java.util.Locale;

/**
 * Classes of labels by their number of training images. The thresholds are those of long-tailed recognition (Liu et
 * al., CVPR 2019) and of deep imbalanced regression (Yang et al., ICML 2021).
 */
public enum Shots {
    /** Above 100. */
    MANY,
    /** 20 to 100. */
    MEDIUM,
    /** Below 20, none included. */
    FEW;

    private static final int MEDIUM_AT_MOST = 100;
    private static final int MEDIUM_AT_LEAST = 20;

    public static Shots of(int trainingImages) {
        if (trainingImages > MEDIUM_AT_MOST) {
            return MANY;
        }
        return trainingImages >= MEDIUM_AT_LEAST ? MEDIUM : FEW;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
