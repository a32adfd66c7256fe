package io.numclip.runner.pretrain;

import io.numclip.storage.SeededHash;

/**
 * Labels of a drawn world that pretraining does not see, so that zero-shot is. Each is held out with the same probability.
 * Kinds need not be: those of validation and test, such as their photographs, are never among the training samples.
 *
 * @param share of the labels, 0 to 1
 * @param seed another one holds out others
 */
record HeldOut(double share, long seed) {

    boolean isHeld(String task, double label) {
        return (new SeededHash(seed).of(task + ",label," + label) >>> 11) * 0x1p-53 < share;
    }
}
