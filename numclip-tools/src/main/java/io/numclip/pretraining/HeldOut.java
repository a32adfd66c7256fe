package io.numclip.pretraining;

import io.numclip.storage.SeededHash;
import java.util.Optional;

/**
 * Labels of a drawn world that pretraining does not see, so that zero-shot is. Each is held out with the same probability.
 * Kinds need not be: those of validation and test, such as their photographs, are never among the training samples.
 *
 * @param share of the labels, 0 to 1
 * @param seed another one holds out others
 */
record HeldOut(double share, long seed) {

    /** Why a label is held out, such as {@code age,label,17.0}; empty if it is not. */
    Optional<String> of(String task, double label) {
        String name = task + ",label," + label;
        return (new SeededHash(seed).of(name) >>> 11) * 0x1p-53 < share ? Optional.of(name) : Optional.empty();
    }
}
