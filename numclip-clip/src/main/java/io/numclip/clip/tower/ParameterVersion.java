package io.numclip.clip.tower;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the changes of a CLIP's parameters and of the parameters that are trained on top of it. A cache of results
 * that depend on parameters stores the count with them, and computes them again when the count has changed.
 */
public final class ParameterVersion {

    private final AtomicInteger frozen = new AtomicInteger();
    private final AtomicInteger trained = new AtomicInteger();

    /** Parameters were overwritten, or other parameters are trained from now on. */
    public void parametersReplaced() {
        frozen.incrementAndGet();
        trained.incrementAndGet();
    }

    /** An optimizer has changed the trained parameters. */
    public void stepTaken() {
        trained.incrementAndGet();
    }

    /** The count for results that depend only on frozen parameters. */
    public int ofFrozen() {
        return frozen.get();
    }

    /** The count for results that depend on a trained parameter. */
    public int ofTrained() {
        return trained.get();
    }
}
