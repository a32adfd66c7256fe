package io.numclip.training.progress;

/** Whose epoch's model a training ends with. */
public enum Kept {
    /** That with the lowest validation MAE. */
    BEST {
        @Override
        public EpochResult of(Progress progress) {
            return progress.best().orElseThrow();
        }
    },
    /** The last, for trainings with so few validation images that the best epoch is an accident. */
    LAST {
        @Override
        public EpochResult of(Progress progress) {
            return progress.last();
        }
    };

    /** @param progress with one epoch at least */
    public abstract EpochResult of(Progress progress);
}
