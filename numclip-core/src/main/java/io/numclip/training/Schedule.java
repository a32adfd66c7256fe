package io.numclip.training;

/** How learning rates fall from epoch to epoch. */
public enum Schedule {
    /** All are multiplied by {@code gamma} after each of the {@code milestones}. */
    MILESTONES {
        @Override
        double decay(TrainingConfig config, int epoch) {
            double passed = config.milestones().stream()
                    .filter(milestone -> epoch > milestone)
                    .count();
            return Math.pow(config.gamma(), passed);
        }
    },
    /**
     * Half a cosine from 1 before the first epoch to 0 after the last (Loshchilov and Hutter, SGDR, ICLR 2017, without
     * restarts).
     */
    COSINE {
        @Override
        double decay(TrainingConfig config, int epoch) {
            return (1 + Math.cos(Math.PI * (epoch - 1) / config.epochs())) / 2;
        }
    };

    /**
     * Factor on every learning rate.
     *
     * @param epoch counted from 1
     */
    abstract double decay(TrainingConfig config, int epoch);
}
