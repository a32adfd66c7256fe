package io.numclip.uncertainty;

import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Familiarity;
import io.numclip.data.LabeledImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Detects images that look unlike those of the training, by the distance of their features to the nearest training
 * features (Sun et al., "Out-of-Distribution Detection with Deep Nearest Neighbors", ICML 2022). The distances of
 * held-out images make it a conformal p-value (Bates et al., "Testing for Outliers with Conformal p-values", Annals of
 * Statistics 2023), so that ordinary images are called strange no more often than at the given rate.
 */
public final class FamiliarImages {

    /** How many training features are kept. */
    public static final int KEPT = 500;

    private static final double LEVEL = 0.05;
    private static final int NEIGHBOUR = 5;

    private final float[][] training;
    private final float[] distances;
    private final double rate;
    private final double effective;
    private final @Nullable KeptImages images;

    /**
     * @param training (S, D) features of length 1, of images that the model was trained on; at least 1
     * @param distances (n) of the held-out images, as {@link #distance} gives them
     * @param rate of false alarms; 0: nothing is strange
     * @param effective what the held-out images count for; see {@link Size}
     * @param images (S) the training images; null where their names are not known
     */
    public FamiliarImages(
            float[][] training, float[] distances, double rate, double effective, @Nullable KeptImages images) {
        if (training.length == 0) {
            throw new IllegalArgumentException("strange images are told by at least 1 training image; found none");
        }
        if (images != null && images.images().size() != training.length) {
            throw new IllegalArgumentException("expected names for " + training.length + " training images; found "
                    + images.images().size());
        }
        this.training = training;
        this.distances = distances.clone();
        this.rate = rate;
        this.effective = effective;
        this.images = images;
        Arrays.sort(this.distances);
    }

    /**
     * @param training (S, D) features of length 1, of images that the model was trained on; at least 1
     * @param heldOut (n, D) features of images that played no part in training
     * @param images (n) the held-out images
     * @param group attribute that says which images belong together
     */
    public static FamiliarImages fit(
            float[][] training, float[][] heldOut, List<LabeledImage> images, double rate, String group) {
        float[] distances = new float[heldOut.length];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = distance(training, heldOut[n]);
        }
        FamiliarImages familiar = new FamiliarImages(training, distances, rate, distances.length, null);
        double[] strange = IntStream.range(0, distances.length)
                .mapToDouble(n -> familiar.at(distances[n]).strange() ? 1 : 0)
                .toArray();
        double effective = Size.of(Size.groups(images, group), strange).effective();
        return new FamiliarImages(training, distances, rate, effective, null);
    }

    /** The same, with other names for the training images; null: with none. */
    public FamiliarImages named(@Nullable KeptImages names) {
        return new FamiliarImages(training, distances, rate, effective, names);
    }

    /** The training images by name; empty where the names are not known. */
    public Optional<KeptImages> images() {
        return Optional.ofNullable(images);
    }

    /**
     * The training images that are most like an image, by the cosine of their features; empty where their names are not known.
     *
     * @param feature (D) of length 1
     */
    public Optional<Neighbours> nearest(float[] feature, int count) {
        return images().map(known -> known.nearest(training, feature, count));
    }

    /** Distance (Euclidean) to the fifth nearest training feature; to the farthest, if there are fewer. */
    public static float distance(float[][] training, float[] feature) {
        double[] nearest = new double[Math.min(NEIGHBOUR, training.length)];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (float[] other : training) {
            insert(square(other, feature), nearest);
        }
        return (float) Math.sqrt(nearest[nearest.length - 1]);
    }

    private static double square(float[] one, float[] other) {
        double square = 0;
        for (int d = 0; d < other.length; d++) {
            double difference = (double) one[d] - other[d];
            square += difference * difference;
        }
        return square;
    }

    /** @param smallest in ascending order; the last one makes room */
    private static void insert(double number, double[] smallest) {
        int place = smallest.length - 1;
        if (number >= smallest[place]) {
            return;
        }
        while (place > 0 && smallest[place - 1] > number) {
            smallest[place] = smallest[place - 1];
            place--;
        }
        smallest[place] = number;
    }

    /** The held-out images without which none can be strange: 19 for a rate of 0.05. */
    public static int fewest(double rate) {
        return (int) Math.ceil(1 / rate - 1 - ConformalQuantile.ROUNDING);
    }

    /** Whether there are enough held-out images for one to be strange. */
    public boolean canTell() {
        return distances.length >= fewest(rate);
    }

    /** @param feature (D) of length 1 */
    public Familiarity of(float[] feature) {
        return at(distance(training, feature));
    }

    private Familiarity at(float distance) {
        int nearer = 0;
        while (nearer < distances.length && distances[nearer] < distance) {
            nearer++;
        }
        double chance = (1.0 + distances.length - nearer) / (1.0 + distances.length);
        return new Familiarity(chance, chance <= rate + ConformalQuantile.ROUNDING);
    }

    /** Whether so many of the images are strange that they are unlike those of the training; wrong once in twenty. */
    public boolean isUnlikely(int strange, int images) {
        return chanceOf(strange, Size.of(images)) <= LEVEL;
    }

    /** The chance of at least so many strange images among ordinary ones. */
    public double chanceOf(int strange, Size images) {
        return Chance.ofOutside(strange, images, new Size(distances.length, distances.length, effective), rate);
    }

    /** (S, D). */
    public float[][] training() {
        return training;
    }

    /** (n), ascending. */
    public float[] distances() {
        return distances.clone();
    }

    public double rate() {
        return rate;
    }

    public double effective() {
        return effective;
    }
}
