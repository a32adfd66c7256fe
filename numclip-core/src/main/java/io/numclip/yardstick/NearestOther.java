package io.numclip.yardstick;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * For each of N images the other one with the most similar features.
 *
 * @param index (N)
 * @param distance (N) Euclidean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NearestOther(int[] index, double[] distance) {

    /** @param features (N, D) of two images at least */
    public static NearestOther of(float[][] features) {
        int[] index = new int[features.length];
        double[] distance = new double[features.length];
        IntStream.range(0, features.length).parallel().forEach(i -> {
            float least = Float.POSITIVE_INFINITY;
            for (int other = 0; other < features.length; other++) {
                float squares = other == i ? least : squares(features[i], features[other], least);
                if (squares < least) {
                    least = squares;
                    index[i] = other;
                }
            }
            distance[i] = Math.sqrt(least);
        });
        return new NearestOther(index, distance);
    }

    /** Not further than to where it is too large. */
    private static float squares(float[] a, float[] b, float least) {
        float sum = 0;
        for (int i = 0; i < a.length && sum < least; i++) {
            float difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** The distance that this share of the images is not beyond. */
    public double quantile(double share) {
        double[] sorted = Arrays.stream(distance).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }
}
