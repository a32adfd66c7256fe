package io.numclip.reliability;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A batch as no data set should have it, drawn from a seed: few images, equal labels, sure and unsure logits. */
final class Extremes {

    private static final int[] IMAGES = {1, 2, 3, 8, 32};
    private static final double[] MAGNITUDES = {0, 1e-3, 1, 30, 1e3, 1e4};

    final int images;
    final int classes;
    final int width = 4;
    final Bins bins;
    final float[] logits;
    final float[] imageFeatures;
    final float[] textFeatures;
    final double[] labels;
    final List<Integer> binCounts;
    private final SplittableRandom random;

    Extremes(long seed) {
        random = new SplittableRandom(seed);
        images = IMAGES[random.nextInt(IMAGES.length)];
        classes = 2 + random.nextInt(9);
        bins = bins();
        logits = logits();
        imageFeatures = features(images);
        textFeatures = features(classes);
        labels = labels();
        binCounts = binCounts();
    }

    private Bins bins() {
        double step = Math.pow(10, random.nextInt(-2, 4));
        double lower = random.nextInt(3) * step - step;
        List<Bin> list = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            double upper = lower + step * (1 + random.nextInt(3));
            list.add(new Bin("concept " + k, lower, upper, lower + (upper - lower) * random.nextDouble()));
            lower = upper;
        }
        return new Bins(list);
    }

    /** All of one magnitude, often equal rows. */
    private float[] logits() {
        double magnitude = MAGNITUDES[random.nextInt(MAGNITUDES.length)];
        boolean equal = random.nextInt(4) == 0;
        float[] all = new float[images * classes];
        for (int i = 0; i < all.length; i++) {
            all[i] = equal && i >= classes ? all[i - classes] : (float) (magnitude * (2 * random.nextDouble() - 1));
        }
        return all;
    }

    /** Of length 1; in one case of four all the same. */
    private float[] features(int rows) {
        boolean equal = random.nextInt(4) == 0;
        float[] all = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            double[] direction = random.doubles(width, -1, 1).toArray();
            double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
            for (int i = 0; i < width; i++) {
                all[row * width + i] = equal && row > 0 ? all[i] : (float) (direction[i] / norm);
            }
        }
        return all;
    }

    private double[] labels() {
        double least = bins.get(0).lower();
        double most = bins.get(classes - 1).upper();
        double same = random.nextBoolean() ? least : least + (most - least) * random.nextDouble();
        boolean equal = random.nextInt(4) == 0;
        double[] all = new double[images];
        Arrays.setAll(all, n -> equal ? same : least + (most - least) * random.nextDouble() * 0.999999);
        return all;
    }

    /** Some empty, one a million times as large as another. */
    private List<Integer> binCounts() {
        List<Integer> counts = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            counts.add(random.nextInt(3) == 0 ? 0 : (int) Math.pow(10, random.nextInt(7)));
        }
        if (counts.stream().allMatch(count -> count == 0)) {
            counts.set(0, 1);
        }
        return counts;
    }

    long[] labelBins() {
        return Arrays.stream(labels).mapToLong(bins::indexOf).toArray();
    }

    /** Numbers that a model might say, far off the scale too. */
    float[] values() {
        float[] all = new float[images];
        for (int n = 0; n < images; n++) {
            all[n] = (float) (labels[n]
                    + (random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(5))));
        }
        return all;
    }

    @Override
    public String toString() {
        return images + " images, " + classes + " classes " + bins.list() + ", labels " + Arrays.toString(labels)
                + ", logits " + Arrays.toString(logits) + ", counts " + binCounts;
    }
}
