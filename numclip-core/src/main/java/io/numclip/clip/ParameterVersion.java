package io.numclip.clip;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the changes of a CLIP's parameters and of those that are trained on top of it. Whoever keeps what was computed
 * from parameters keeps the count beside it, and computes anew when the count is another.
 */
public final class ParameterVersion {

    private final AtomicInteger frozen = new AtomicInteger();
    private final AtomicInteger trained = new AtomicInteger();

    /** Parameters were written to from outside, or others are trained from now on. */
    public void parametersReplaced() {
        frozen.incrementAndGet();
        trained.incrementAndGet();
    }

    /** An optimizer has moved the parameters that are trained. */
    public void stepTaken() {
        trained.incrementAndGet();
    }

    /** For what depends on frozen parameters alone. */
    public int ofFrozen() {
        return frozen.get();
    }

    /** For what depends on a parameter that is trained. */
    public int ofTrained() {
        return trained.get();
    }
}
