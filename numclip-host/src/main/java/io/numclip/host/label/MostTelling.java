package io.numclip.host.label;

import io.numclip.yardstick.KernelRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images whose numbers would leave the least doubt about all images: of a Gaussian process, the one that takes most from the sum of
 * variances, Σⱼ cov(x, j)²/(var(x) + λ) (Cohn 1996); then the same with that one known.
 */
final class MostTelling {

    private final int[] images; // (P)
    private final double[][] covariance; // (P, P)
    private final double lambda;

    MostTelling(KernelRegression model, int... images) {
        this.images = images;
        lambda = model.lambda();
        double[][] explained = Arrays.stream(images).mapToObj(model::explained).toArray(double[][]::new);
        covariance = new double[images.length][images.length];
        for (int i = 0; i < images.length; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = model.kernel(images[i], images[j]) - product(explained[i], explained[j]);
                covariance[j][i] = covariance[i][j];
            }
        }
    }

    private static double product(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /** The most telling first. */
    List<Integer> first(int count) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, images.length); i++) {
            int best = IntStream.range(0, images.length)
                    .filter(place -> !chosen.contains(images[place]))
                    .boxed()
                    .max((left, right) -> Double.compare(gain(left), gain(right)))
                    .orElseThrow();
            chosen.add(images[best]);
            learn(best);
        }
        return chosen;
    }

    private double gain(int place) {
        return product(covariance[place], covariance[place]) / (covariance[place][place] + lambda);
    }

    private void learn(int place) {
        double[] with = covariance[place].clone();
        double variance = with[place] + lambda;
        for (int i = 0; i < with.length; i++) {
            for (int j = 0; j < with.length; j++) {
                covariance[i][j] -= with[i] * with[j] / variance;
            }
        }
    }
}
