package io.numclip.uncertainty;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** How likely figures like those found are where nothing has changed. */
public final class Chance {

    private Chance() {}

    /**
     * The chance that at least so many of the tested images lie outside a threshold that is exceeded at a rate. The
     * threshold was itself drawn, with the calibration images, so the number is beta-binomial: the true rate has the
     * distribution Beta(r, n + 1 − r), r = ⌊(n + 1) · rate⌋ (Vovk, "Conditional validity of inductive conformal
     * predictors", ACML 2012, proposition 2b; Angelopoulos and Bates 2023, section 3.2).
     *
     * @param outside of the tested images
     * @param tested what the m tested images count for, at most m
     * @param calibrated what the n calibration images count for, at most n
     */
    public static double ofOutside(int outside, Size tested, Size calibrated, double rate) {
        double all = calibrated.images() + 1;
        double outer = Math.floor(all * rate + ConformalQuantile.ROUNDING);
        if (outer == 0 || outside == 0) {
            return outside == 0 ? 1 : 0;
        }
        double weight = (calibrated.effective() + 1) / all;
        int count = Math.max(1, (int) Math.floor(tested.effective() + ConformalQuantile.ROUNDING));
        int least = (int) Math.floor((double) outside * count / tested.images() + ConformalQuantile.ROUNDING);
        return betaBinomial(least, count, weight * outer, weight * (all - outer));
    }

    /** P(X ≥ least) of a beta-binomial distribution. */
    static double betaBinomial(int least, int count, double alpha, double beta) {
        double sum = 0;
        for (int x = least; x <= count; x++) {
            sum += Math.exp(Gamma.logGamma(count + 1.0)
                    - Gamma.logGamma(x + 1.0)
                    - Gamma.logGamma(count - x + 1.0)
                    + Beta.logBeta(x + alpha, count - x + beta)
                    - Beta.logBeta(alpha, beta));
        }
        return Math.min(1, sum);
    }

    /**
     * Pearson's test that two samples are from one distribution.
     *
     * @param left (K) counts
     * @param right (K) counts
     * @param inflation how much more the counts vary than those of independent images (Rao and Scott, JASA 1981); 1: as
     *     much
     * @return the chance of a difference as large; 1 if there is nothing to compare
     */
    static double ofDifference(double[] left, double[] right, double inflation) {
        double leftSum = sum(left);
        double rightSum = sum(right);
        double statistic = 0;
        int cells = 0;
        for (int k = 0; k < left.length; k++) {
            double both = left[k] + right[k];
            if (both > 0) {
                double distance = left[k] * rightSum - right[k] * leftSum;
                statistic += distance * distance / (both * leftSum * rightSum);
                cells++;
            }
        }
        return cells < 2 ? 1 : Gamma.regularizedGammaQ((cells - 1) / 2.0, statistic / inflation / 2);
    }

    /**
     * The chance of figures of a part that are on average so much larger than those of the others, if they are no larger: Student's
     * t with the variance of clusters (Liang and Zeger, Biometrika 1986), and as many degrees of freedom as the part has clusters,
     * less one.
     *
     * @param parts (N) the part of each figure; both the part and the others have several clusters
     * @param clusters (N) of images that belong together
     */
    public static double ofLarger(double[] figures, int[] parts, int part, List<String> clusters) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        Set<String> inside = new HashSet<>();
        for (int n = 0; n < figures.length; n++) {
            int side = parts[n] == part ? 1 : 0;
            sums[side] += figures[n];
            counts[side]++;
            if (side == 1) {
                inside.add(clusters.get(n));
            }
        }
        Map<String, Double> influence = new HashMap<>();
        for (int n = 0; n < figures.length; n++) {
            int side = parts[n] == part ? 1 : 0;
            double of = (figures[n] - sums[side] / counts[side]) / counts[side];
            influence.merge(clusters.get(n), side == 1 ? of : -of, Double::sum);
        }
        double groups = influence.size();
        double squares = influence.values().stream().mapToDouble(of -> of * of).sum();
        double variance = squares * groups / (groups - 1) * (figures.length - 1) / (figures.length - 2.0);
        return student((sums[1] / counts[1] - sums[0] / counts[0]) / Math.sqrt(variance), inside.size() - 1);
    }

    /** P(T ≥ t) of Student's distribution. */
    private static double student(double t, double freedom) {
        double tail = t == 0 ? 0.5 : Beta.regularizedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
        return t < 0 ? 1 - tail : tail;
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
