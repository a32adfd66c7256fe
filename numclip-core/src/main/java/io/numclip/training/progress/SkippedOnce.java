package io.numclip.training.progress;

import java.util.HashSet;
import java.util.Set;

/**
 * Forwards everything, and of each image only once that it was skipped or is damaged: within a run the same images are read for the
 * untrained model, for simple predictors and for the training.
 */
public final class SkippedOnce extends ForwardingListener {

    private static final int MOST_DAMAGED = 20;

    private final Set<String> names = new HashSet<>();
    private final Set<String> damaged = new HashSet<>();

    public SkippedOnce(TrainingListener next) {
        super(next);
    }

    @Override
    public void imageSkipped(String name, String reason) {
        if (names.add(name)) {
            super.imageSkipped(name, reason);
        }
    }

    @Override
    public void imageDamaged(String name, String words) {
        if (damaged.add(name) && damaged.size() <= MOST_DAMAGED) {
            super.imageDamaged(name, words + (damaged.size() < MOST_DAMAGED ? "" : "; further ones are not named"));
        }
    }
}
