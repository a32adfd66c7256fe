package io.numclip.yardstick;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean number of the k training images with the most similar features, by Euclidean distance (Cover, Hart 1967); of
 * L2-normalised features that is the order by cosine. The probability of a concept is its share of these images.
 *
 * @param train where the neighbours are looked for
 * @param bins the number concepts
 * @param k how many neighbours
 */
public record NearestNeighbours(KnownImages train, Bins bins, int k) implements Yardstick {

    private static final List<Integer> CHOICES = List.of(1, 2, 4, 8, 16, 32, 64);

    /** With the k of 1, 2, 4 … 64 that has the lowest MAE on the validation images; the smaller one of equals. */
    public static NearestNeighbours fit(KnownImages train, KnownImages validation, Bins bins) {
        int most = Math.min(train.size(), CHOICES.get(CHOICES.size() - 1));
        int[][] neighbours = nearest(train, validation.features(), most);
        NearestNeighbours best = new NearestNeighbours(train, bins, 1);
        double least = Double.POSITIVE_INFINITY;
        for (int k : CHOICES) {
            NearestNeighbours candidate = new NearestNeighbours(train, bins, Math.min(k, most));
            double mae = validation.meanAbsoluteError(candidate.predictions(neighbours));
            if (mae < least) {
                least = mae;
                best = candidate;
            }
        }
        return best;
    }

    @Override
    public List<Prediction> predict(double[][] features) {
        return predictions(nearest(train, features, k));
    }

    /** @param neighbours (N, at least k) nearest first */
    private List<Prediction> predictions(int[][] neighbours) {
        return Arrays.stream(neighbours).map(this::prediction).toList();
    }

    private Prediction prediction(int... neighbours) {
        double[] shares = new double[bins.size()];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            double label = train.labels()[neighbours[i]];
            sum += label;
            shares[bins.indexOf(label)] += 1.0 / k;
        }
        return KnownImages.prediction(sum / k, shares, bins);
    }

    /** @return (N, k) indices of training images, nearest first; the earlier one of equals */
    private static int[][] nearest(KnownImages train, double[][] features, int k) {
        return Arrays.stream(features)
                .parallel()
                .map(image -> nearest(train.features(), image, k))
                .toArray(int[][]::new);
    }

    private static int[] nearest(double[][] known, double[] image, int k) {
        double[] distances = Arrays.stream(known)
                .mapToDouble(other -> Vectors.squaredDistance(other, image))
                .toArray();
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted((a, b) -> Double.compare(distances[a], distances[b]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
