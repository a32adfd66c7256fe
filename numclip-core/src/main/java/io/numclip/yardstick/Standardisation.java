package io.numclip.yardstick;

import java.util.Arrays;

/** Brings every feature to mean 0 and deviation 1, as measured on training images. */
final class Standardisation {

    private final double[] means; // (D)
    private final double[] deviations; // (D), 1 for a feature that does not vary

    /** @param features (N, D) */
    Standardisation(double[][] features) {
        means = new double[features[0].length];
        deviations = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            int column = i;
            means[i] =
                    mean(Arrays.stream(features).mapToDouble(row -> row[column]).toArray());
            double deviation = Math.sqrt(mean(Arrays.stream(features)
                    .mapToDouble(row -> (row[column] - means[column]) * (row[column] - means[column]))
                    .toArray()));
            deviations[i] = deviation == 0 ? 1 : deviation;
        }
    }

    private static double mean(double... numbers) {
        return Arrays.stream(numbers).average().orElseThrow();
    }

    double[] apply(double... features) {
        double[] standardised = new double[features.length];
        Arrays.setAll(standardised, i -> (features[i] - means[i]) / deviations[i]);
        return standardised;
    }
}
