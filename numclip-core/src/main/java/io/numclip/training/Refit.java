package io.numclip.training;

/** Which images the model that is handed over has learned. */
public enum Refit {
    /** Those of the training; the best epoch is chosen on the others. */
    NONE,
    /** Those of the validation, too: when they have chosen the epoch, all images are learned so long. */
    ALL
}
