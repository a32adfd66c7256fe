package io.numclip.uncertainty;

import java.util.Arrays;
import java.util.Random;

/**
 * What changes between calibration and test images of a drawn world: a label, the look of the image (a vector of
 * features), and how far the model's number is from the label.
 */
public enum PlantedShift {
    NONE,
    /** Three of four images are of the oldest third. */
    LABELS {
        @Override
        public double label(Random random) {
            return random.nextDouble() < 0.75 ? 67 + 33 * random.nextDouble() : 67 * random.nextDouble();
        }
    },
    /** Fine detail is gone: all images move towards the same look. */
    BLUR(1.6) {
        @Override
        public double[] look(double[] clear, Random random) {
            return moved(scaled(clear, 0.7), 1.2, 0);
        }
    },
    NOISE(1.8) {
        @Override
        public double[] look(double[] clear, Random random) {
            return Arrays.stream(clear)
                    .map(part -> part + 0.8 * random.nextGaussian())
                    .toArray();
        }
    },
    COLOUR(1.5) {
        @Override
        public double[] look(double[] clear, Random random) {
            return moved(clear, 1.5, 1);
        }
    },
    OTHER_WORLD(3) {
        @Override
        public double[] look(double[] clear, Random random) {
            return Arrays.stream(clear).map(part -> random.nextGaussian()).toArray();
        }
    },
    /** The images look as before and are harder. */
    HARDER(2.2);

    private final double error;

    PlantedShift() {
        this(1);
    }

    PlantedShift(double error) {
        this.error = error;
    }

    public double label(Random random) {
        return 100 * random.nextDouble();
    }

    /** @param clear features of an ordinary image */
    public double[] look(double[] clear, Random random) {
        return clear;
    }

    /** Standard deviation of the model's errors for a label. */
    public double noise(double label) {
        return error * (1 + label / 12);
    }

    private static double[] scaled(double[] features, double by) {
        return Arrays.stream(features).map(part -> by * part).toArray();
    }

    private static double[] moved(double[] features, double by, int axis) {
        double[] moved = features.clone();
        moved[axis] += by;
        return moved;
    }
}
