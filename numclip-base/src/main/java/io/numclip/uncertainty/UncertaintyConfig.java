package io.numclip.uncertainty;

import io.numclip.data.RefusedSettingException;
import java.util.List;

/**
 * How the uncertainty of predictions is calibrated and shown.
 *
 * @param coverage the share of labels that intervals and sets should contain
 * @param calibration the share of the validation images that are used only to calibrate, not to train or to choose the
 *     epoch; 0: no calibration and no intervals
 * @param interval which form predictions show; {@code plain}, {@code normalised} and {@code per-bin} are always
 *     calibrated, the others where they are set up
 * @param strange the share of ordinary images that may be marked as strange, as false alarms; 0: none is marked
 * @param abstainAbove width, in the unit of the label scale, above which predictions are marked as abstained; 0: none
 * @param group attribute whose values have widths of their own in the form {@code group}; empty: none
 * @param target the known shift for the form {@code weighted}
 * @param cuts decisions with a budget for misses, such as {@code below: 18, missAtMost: 0.01}; their thresholds are chosen on
 *     the calibration images
 */
public record UncertaintyConfig(
        double coverage,
        double calibration,
        IntervalForm interval,
        double strange,
        double abstainAbove,
        String group,
        Target target,
        List<CutConfig> cuts) {

    public UncertaintyConfig {
        ConformalQuantile.checkCoverage(coverage);
        if (!(calibration >= 0 && calibration < 1)) {
            throw new RefusedSettingException("calibration", "must be at least 0 and below 1; found " + calibration);
        }
        if (!(strange >= 0 && strange < 1)) {
            throw new RefusedSettingException("strange", "must be at least 0 and below 1; found " + strange);
        }
        checkAbstainAbove(abstainAbove);
        cuts = List.copyOf(cuts);
        if (cuts.stream().map(CutConfig::name).distinct().count() < cuts.size()) {
            throw new RefusedSettingException(
                    "cuts",
                    "must differ in side or edge; found "
                            + cuts.stream().map(CutConfig::name).toList());
        }
        if (!cuts.isEmpty() && calibration == 0) {
            throw new RefusedSettingException(
                    List.of("cuts", "calibration"),
                    "must fit: thresholds are chosen on calibration images; found a calibration of 0");
        }
        if (interval == IntervalForm.GROUP && group.isEmpty()) {
            throw new RefusedSettingException(
                    List.of("group", "interval"), "must fit: the form group needs an attribute; found none");
        }
        if (interval == IntervalForm.WEIGHTED && !target.isKnown()) {
            throw new RefusedSettingException(
                    List.of("target", "interval"), "must fit: the form weighted needs shares; found none");
        }
    }

    /** @throws RefusedSettingException if no prediction can be that wide */
    public static void checkAbstainAbove(double width) {
        if (!(width >= 0 && Double.isFinite(width))) {
            throw new RefusedSettingException("abstainAbove", "must be at least 0 and finite; found " + width);
        }
    }

    public static UncertaintyConfig defaults() {
        return new UncertaintyConfig(0.9, 0.5, IntervalForm.NORMALISED, 0.05, 0, "", Target.defaults(), List.of());
    }

    /** Whether calibration is switched off. */
    public boolean isOff() {
        return calibration == 0;
    }
}
