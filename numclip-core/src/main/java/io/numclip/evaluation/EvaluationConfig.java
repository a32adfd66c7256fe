package io.numclip.evaluation;

import io.numclip.data.Bins;
import io.numclip.spi.InvalidSettingException;
import java.math.BigDecimal;

/**
 * How predictions are scored.
 *
 * @param tolerance the k of the cumulative score CS@k: the largest error that it accepts, in the unit of the label
 *     scale; 0: 5 % of the scale, rounded down to 1, 2 or 5 times a power of ten: 5 for ages from 0 to 100
 * @param resamples number of bootstrap samples per interval; 0: no intervals
 * @param seed of the bootstrap samples
 */
public record EvaluationConfig(double tolerance, int resamples, long seed) {

    private static final double SHARE = 0.05;

    public EvaluationConfig {
        if (!(tolerance >= 0 && Double.isFinite(tolerance))) {
            throw new InvalidSettingException("tolerance", "must be 0 or more; found " + tolerance);
        }
        if (resamples < 0) {
            throw new InvalidSettingException("resamples", "must be 0 or more; found " + resamples);
        }
    }

    public static EvaluationConfig defaults() {
        Resampling resampling = Resampling.defaults();
        return new EvaluationConfig(0, resampling.resamples(), resampling.seed());
    }

    /** A copy without intervals, which take nearly all of the time. */
    public EvaluationConfig withoutIntervals() {
        return new EvaluationConfig(tolerance, 0, seed);
    }

    /** The k of the cumulative score on a scale that the bins cover. */
    double tolerance(Bins bins) {
        double range = bins.get(bins.size() - 1).upper() - bins.get(0).lower();
        return tolerance > 0 ? tolerance : roundedDown(SHARE * range);
    }

    private static double roundedDown(double number) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(number) + 1e-9));
        double first = number / power.doubleValue() + 1e-9;
        int digit = first >= 5 ? 5 : first >= 2 ? 2 : 1;
        return power.multiply(BigDecimal.valueOf(digit)).doubleValue();
    }
}
