package io.numclip.sample;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers for drawing one sample image; the same on every machine and Java version. Created by
 * {@link SampleKey#random}; not thread-safe.
 */
public final class SampleRandom {

    private static final int UNIFORMS_PER_BELL = 12;

    private final SplittableRandom random;

    SampleRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A number in [low, high), all equally likely. */
    public double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A whole number from low to high, both included. */
    public int whole(int low, int high) {
        return low + (int) (random.nextDouble() * (high - low + 1));
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(whole(0, choices.size() - 1));
    }

    /** A number from a bell curve (a sum of twelve uniform numbers), at most six deviations away from the mean. */
    public double bell(double mean, double deviation) {
        double sum = -UNIFORMS_PER_BELL / 2.0;
        for (int i = 0; i < UNIFORMS_PER_BELL; i++) {
            sum += random.nextDouble();
        }
        return mean + deviation * sum;
    }
}
