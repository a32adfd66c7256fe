package io.numclip.uncertainty;

import io.numclip.data.Familiarity;
import java.util.List;

/**
 * How far ordinary images lie from those of the training, see {@link FamiliarImages}.
 *
 * @param distances (n) of the held-out images, ascending
 * @param rate of false alarms; 0: nothing is strange
 * @param effective what the held-out images count for; see {@link Size}
 */
public record HeldOutDistances(List<Float> distances, double rate, double effective) {

    private static final double LEVEL = 0.05;

    public HeldOutDistances {
        distances = distances.stream().sorted().toList();
    }

    static HeldOutDistances of(float[] distances, double rate, double effective) {
        Float[] boxed = new Float[distances.length];
        for (int n = 0; n < boxed.length; n++) {
            boxed[n] = distances[n];
        }
        return new HeldOutDistances(List.of(boxed), rate, effective);
    }

    /** The held-out images without which none can be strange: 19 for a rate of 0.05. */
    static int fewest(double rate) {
        return (int) Math.ceil(1 / rate - 1 - ConformalQuantile.ROUNDING);
    }

    /** Whether there are enough held-out images for one to be strange. */
    public boolean canTell() {
        return distances.size() >= fewest(rate);
    }

    /** The largest; infinite without any. */
    float reach() {
        return distances.isEmpty() ? Float.POSITIVE_INFINITY : distances.get(distances.size() - 1);
    }

    /** @param distance of an image to its fifth nearest training image */
    public Familiarity at(float distance) {
        int nearer = 0;
        while (nearer < distances.size() && distances.get(nearer) < distance) {
            nearer++;
        }
        double chance = (1.0 + distances.size() - nearer) / (1.0 + distances.size());
        return new Familiarity(chance, chance <= rate + ConformalQuantile.ROUNDING);
    }

    /** Whether so many of the images are strange that they are unlike those of the training; wrong once in twenty. */
    public boolean isUnlikely(int strange, int images) {
        return chanceOf(strange, Size.of(images)) <= LEVEL;
    }

    /** The chance of at least so many strange images among ordinary ones. */
    double chanceOf(int strange, Size images) {
        return Chance.ofOutside(strange, images, new Size(distances.size(), distances.size(), effective), rate);
    }

    /** (n), ascending. */
    float[] toArray() {
        float[] array = new float[distances.size()];
        for (int n = 0; n < array.length; n++) {
            array[n] = distances.get(n);
        }
        return array;
    }
}
