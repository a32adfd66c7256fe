package io.numclip.uncertainty;

import io.numclip.spi.InvalidSettingException;

/**
 * What to say about how sure predictions are.
 *
 * @param coverage the share of labels that intervals and sets shall hold
 * @param calibration the share of the validation images that only calibrate: they neither train nor choose the epoch;
 *     0: no calibration and no intervals
 * @param interval which form predictions show; all forms are calibrated
 * @param abstainAbove intervals that are wider are marked as abstained, in the unit of the label scale; 0: none is
 */
public record UncertaintyConfig(double coverage, double calibration, IntervalForm interval, double abstainAbove) {

    public UncertaintyConfig {
        ConformalQuantile.checkCoverage(coverage);
        if (!(calibration >= 0 && calibration < 1)) {
            throw new InvalidSettingException("calibration", "must be at least 0 and below 1; found " + calibration);
        }
        if (!(abstainAbove >= 0 && Double.isFinite(abstainAbove))) {
            throw new InvalidSettingException("abstainAbove", "must be at least 0; found " + abstainAbove);
        }
    }

    public static UncertaintyConfig defaults() {
        return new UncertaintyConfig(0.9, 0.5, IntervalForm.NORMALISED, 0);
    }

    /** Nothing is calibrated. */
    public boolean isOff() {
        return calibration == 0;
    }
}
