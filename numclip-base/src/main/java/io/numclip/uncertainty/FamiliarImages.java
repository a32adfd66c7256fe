package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Familiarity;
import io.numclip.data.LabeledImage;
import io.numclip.uncertainty.evidence.KeptImages;
import io.numclip.uncertainty.evidence.Nearby;
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

    /** Distances are to the nearest training image but four. */
    public static final int NEIGHBOUR = 5;

    /** Added to squares of distances, so that the weight of an image that is the same stays finite. */
    public static final double TINY = 1e-6;

    /** Nearest training images speak up to so many times the squared distance of the first one that is not among the five. */
    public static final double REACHED = 1.01;

    private final float[][] training;
    private final HeldOutDistances heldOut;
    private final @Nullable KeptImages images;
    private final float @Nullable [] labels; // (S)

    /**
     * @param training (S, D) features of length 1, of images that the model was trained on; at least 1
     * @param distances (n) of the held-out images, as {@link #distance} gives them
     * @param rate of false alarms; 0: nothing is strange
     * @param effective what the held-out images count for; see {@link Size}
     * @param images (S) the training images; null where their names are not known
     * @param labels (S) of the training images; null in a model of before they were kept: its numbers are the network's alone
     */
    public FamiliarImages(
            float[][] training,
            float[] distances,
            double rate,
            double effective,
            @Nullable KeptImages images,
            float @Nullable [] labels) {
        this(training, HeldOutDistances.of(distances, rate, effective), images, labels);
    }

    private FamiliarImages(
            float[][] training, HeldOutDistances heldOut, @Nullable KeptImages images, float @Nullable [] labels) {
        if (training.length == 0) {
            throw new IllegalArgumentException("strange images are told by at least 1 training image; found none");
        }
        if (images != null && images.images().size() != training.length) {
            throw new IllegalArgumentException("expected names for " + training.length + " training images; found "
                    + images.images().size());
        }
        if (labels != null && labels.length != training.length) {
            throw new IllegalArgumentException(
                    "expected labels of " + training.length + " training images; found " + labels.length);
        }
        this.training = training;
        this.heldOut = heldOut;
        this.images = images;
        this.labels = labels;
    }

    /**
     * @param training (S, D) features of length 1, of images that the model was trained on; at least 1
     * @param distances (n) of held-out images, measured with models that had not learned them
     * @param images (n) the held-out images
     * @param group attribute that says which images belong together
     */
    public static FamiliarImages fit(
            float[][] training, float[] distances, List<LabeledImage> images, double rate, String group) {
        FamiliarImages familiar = new FamiliarImages(training, distances, rate, distances.length, null, null);
        double[] strange = IntStream.range(0, distances.length)
                .mapToDouble(n -> familiar.at(distances[n]).strange() ? 1 : 0)
                .toArray();
        double effective = Size.of(Size.groups(images, group), strange).effective();
        return new FamiliarImages(training, distances, rate, effective, null, null);
    }

    /** The same, with names and labels of the training images. */
    public FamiliarImages named(KeptImages names) {
        return new FamiliarImages(training, heldOut, names, names.labels());
    }

    /** The same, without the names of the training images. */
    public FamiliarImages unnamed() {
        return new FamiliarImages(training, heldOut, null, labels);
    }

    /** The same, without their labels: the number of an image is the network's alone. */
    public FamiliarImages unlabelled() {
        return new FamiliarImages(training, heldOut, images, null);
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
        return (float) Math.sqrt(smallest(squares(training, feature), NEIGHBOUR));
    }

    private static double[] squares(float[][] training, float[] feature) {
        return Arrays.stream(training)
                .mapToDouble(other -> square(other, feature))
                .toArray();
    }

    private static double square(float[] one, float[] other) {
        double square = 0;
        for (int d = 0; d < other.length; d++) {
            double difference = (double) one[d] - other[d];
            square += difference * difference;
        }
        return square;
    }

    /** The k-th smallest number; the largest, if there are fewer. */
    private static double smallest(double[] numbers, int k) {
        double[] ascending = numbers.clone();
        Arrays.sort(ascending);
        return ascending[Math.min(k, ascending.length) - 1];
    }

    /** The held-out images without which none can be strange: 19 for a rate of 0.05. */
    public static int fewest(double rate) {
        return HeldOutDistances.fewest(rate);
    }

    /** Whether there are enough held-out images for one to be strange. */
    public boolean canTell() {
        return heldOut.canTell();
    }

    /** @param feature (D) of length 1 */
    public Familiarity of(float[] feature) {
        return at(distance(feature));
    }

    /** To the fifth nearest training feature, see {@link #distance(float[][], float[])}. */
    public float distance(float[] feature) {
        return distance(training, feature);
    }

    /** (S); empty in a model of before they were kept. */
    public Optional<float[]> labels() {
        return Optional.ofNullable(labels);
    }

    /** The largest distance of a held-out image; infinite without any. */
    public float reach() {
        return heldOut.reach();
    }

    /**
     * What the nearest training images say of an image that lies beyond {@link #reach}: the farther, the more they count beside
     * the network, and the likest of them most. The weight falls to nothing as the distance grows, so that no rounding chooses
     * between two that are as far (after Dudani, "The Distance-Weighted k-Nearest-Neighbor Rule", IEEE Transactions on Systems,
     * Man, and Cybernetics 1976). Empty for all others, and where labels are not known.
     *
     * @param feature (D) of length 1
     * @param distance of it
     * @param classes that the labels are counted in
     */
    public Optional<Nearby> nearby(float[] feature, float distance, Bins classes) {
        double fifth = (double) distance * distance;
        double within = (double) reach() * reach();
        if (labels == null || fifth <= within) {
            return Optional.empty();
        }
        double[] squares = squares(training, feature);
        double limit = REACHED * smallest(squares, NEIGHBOUR + 1);
        double[] weights = Arrays.stream(squares)
                .map(square -> Math.max(0, limit - square) / (square + TINY))
                .toArray();
        return Optional.of(Nearby.of(within / fifth, weights, labels, classes));
    }

    /** @param distance of an image */
    public Familiarity at(float distance) {
        return heldOut.at(distance);
    }

    /** Whether so many of the images are strange that they are unlike those of the training; wrong once in twenty. */
    public boolean isUnlikely(int strange, int images) {
        return heldOut.isUnlikely(strange, images);
    }

    /** The chance of at least so many strange images among ordinary ones. */
    public double chanceOf(int strange, Size images) {
        return heldOut.chanceOf(strange, images);
    }

    /** (S, D). */
    public float[][] training() {
        return training;
    }

    /** How far the held-out images lie from these. */
    public HeldOutDistances heldOut() {
        return heldOut;
    }

    /** (n), ascending. */
    public float[] distances() {
        return heldOut.toArray();
    }

    public double rate() {
        return heldOut.rate();
    }

    public double effective() {
        return heldOut.effective();
    }
}
