package io.numclip.yardstick;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Logistic regression of comparisons on the differences of images, by Newton's method: w has standard normal weights at first, and z =
 * w·(φ(a) − φ(b)) / s.
 *
 * @param weights (r) the most likely ones
 * @param evidence log of the chance of all answers, in Laplace's approximation
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record BradleyTerry(double[] weights, double evidence) {

    private static final int MOST_STEPS = 50;
    private static final int MOST_HALVINGS = 20;
    private static final double ENOUGH = 1e-9;

    /** @param bases (r) φ of each image by its place */
    static BradleyTerry fit(IntFunction<double[]> bases, int count, List<Compared> compared, double width) {
        double[][] leads = compared.stream()
                .map(pair -> difference(bases.apply(pair.image()), bases.apply(pair.other()), width))
                .toArray(double[][]::new); // (P, r)
        double[] shares = compared.stream().mapToDouble(Compared::share).toArray();
        double[] weights = new double[count];
        double reached = likelihood(weights, leads, shares);
        double[][] root = Cholesky.lower(curvature(weights, leads));
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] direction = Cholesky.backward(root, Cholesky.forward(root, slope(weights, leads, shares)));
            double[] next = longest(weights, direction, reached, leads, shares);
            double now = likelihood(next, leads, shares);
            boolean isThere = now - reached < ENOUGH;
            weights = next;
            reached = now;
            root = Cholesky.lower(curvature(weights, leads));
            if (isThere) {
                break;
            }
        }
        return new BradleyTerry(weights, reached - Cholesky.halfLogDeterminant(root));
    }

    private static double[] difference(double[] a, double[] b, double width) {
        double[] lead = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            lead[i] = (a[i] - b[i]) / width;
        }
        return lead;
    }

    /** The whole step, or half of it as often as needed for it to lead upwards. */
    private static double[] longest(
            double[] weights, double[] direction, double reached, double[][] leads, double... shares) {
        double length = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            double[] next = weights.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += length * direction[i];
            }
            if (likelihood(next, leads, shares) >= reached) {
                return next;
            }
            length /= 2;
        }
        return weights;
    }

    /** log p(answers | w) + log p(w), without its constant. */
    private static double likelihood(double[] weights, double[][] leads, double... shares) {
        double sum = -Vectors.product(weights, weights) / 2;
        for (int i = 0; i < leads.length; i++) {
            double z = Vectors.product(leads[i], weights);
            sum += shares[i] * logChance(z) + (1 - shares[i]) * logChance(-z);
        }
        return sum;
    }

    private static double[] slope(double[] weights, double[][] leads, double... shares) {
        double[] slope = new double[weights.length];
        for (int j = 0; j < slope.length; j++) {
            slope[j] = -weights[j];
        }
        for (int i = 0; i < leads.length; i++) {
            double lack = shares[i] - Math.exp(logChance(Vectors.product(leads[i], weights)));
            for (int j = 0; j < slope.length; j++) {
                slope[j] += lack * leads[i][j];
            }
        }
        return slope;
    }

    /** I + Σ p·(1 − p)·δδᵀ (r, r), its lower triangle. */
    private static double[][] curvature(double[] weights, double[][] leads) {
        double[][] curvature = new double[weights.length][weights.length];
        for (double[] lead : leads) {
            double chance = Math.exp(logChance(Vectors.product(lead, weights)));
            for (int j = 0; j < lead.length; j++) {
                double some = chance * (1 - chance) * lead[j];
                for (int k = 0; k <= j; k++) {
                    curvature[j][k] += some * lead[k];
                }
            }
        }
        for (int j = 0; j < weights.length; j++) {
            curvature[j][j]++;
        }
        return curvature;
    }

    /** log 1 / (1 + exp(−z)). */
    private static double logChance(double z) {
        return z < 0 ? z - Math.log1p(Math.exp(z)) : -Math.log1p(Math.exp(-z));
    }
}
