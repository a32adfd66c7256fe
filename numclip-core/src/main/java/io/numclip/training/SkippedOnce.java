package io.numclip.training;

import java.util.HashSet;
import java.util.Set;

/**
 * Forwards everything, and of each image only once that it was skipped: within a run the same images are read for the
 * untrained model, for simple predictors and for the training.
 */
public final class SkippedOnce extends ForwardingListener {

    private final Set<String> names = new HashSet<>();

    public SkippedOnce(TrainingListener next) {
        super(next);
    }

    @Override
    public void imageSkipped(String name, String reason) {
        if (names.add(name)) {
            super.imageSkipped(name, reason);
        }
    }
}
