package io.numclip.data;

import java.util.Locale;

/** What images are for: to train the model, to choose the best one, or to test it. The three share no image. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** As users write it: {@code train}, {@code validation}, {@code test}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
