package io.numclip.loss;

import java.util.Arrays;

/** Small tables of probabilities, computed once per run. */
final class Distributions {

    private Distributions() {}

    static double[] normalize(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        return normalize(
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray());
    }

    /** @return ln 0!, ln 1!, … ln n! */
    static double[] logFactorials(int n) {
        double[] logs = new double[n + 1];
        for (int k = 1; k <= n; k++) {
            logs[k] = logs[k - 1] + Math.log(k);
        }
        return logs;
    }
}
