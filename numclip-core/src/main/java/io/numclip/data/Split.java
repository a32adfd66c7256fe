package io.numclip.data;

import java.util.Locale;

/** Which part of the data: to learn from, to choose the model by, to report. The three share no image. */
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
