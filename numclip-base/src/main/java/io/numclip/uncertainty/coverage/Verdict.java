package io.numclip.uncertainty.coverage;

import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Chance;
import io.numclip.uncertainty.ConformalQuantile;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.Sample;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.coverage.Verdict.Reason.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether intervals keep their promise on labelled images, and why they may not. Where nothing has changed since the
 * calibration, at most one verdict in twenty is a false alarm: one in forty for the coverage, one in eighty each for
 * labels and images (Bonferroni).
 *
 * @param kept whether the coverage is what it may be by chance
 * @param coverage share of the labels inside
 * @param promised the coverage that was requested
 * @param chance of a coverage as low, if nothing has changed
 * @param reasons what breaks the promise, or makes it doubtful; empty if nothing does
 */
public record Verdict(boolean kept, double coverage, double promised, double chance, List<Reason> reasons) {

    private static final double COVERAGE_LEVEL = 0.025;
    private static final double REASON_LEVEL = 0.0125;
    private static final double SEEN_WITHIN = 0.03;

    /** What is unlike the calibration. */
    public record Reason(Kind kind, String sentence) {

        /** What the sentence is about. */
        public enum Kind {
            LABELS,
            IMAGES,
            GROUPS,
            ERRORS
        }
    }

    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /**
     * @param test size of which counts what the intervals miss
     * @param missed number of labels outside their interval
     * @param familiar null if strange images cannot be told
     */
    static Verdict of(
            CalibratedPredictions calibrated,
            LabeledPredictions images,
            Sample test,
            int missed,
            @Nullable FamiliarImages familiar,
            String group) {
        Calibration calibration = calibrated.calibration();
        Sample known = calibration.sample();
        Size size = known == null ? Size.of(calibration.images()) : known.size();
        double chance = Chance.ofOutside(missed, test.size(), size, 1 - calibration.coverage());
        boolean kept = chance > COVERAGE_LEVEL;
        List<Reason> reasons = new ArrayList<>();
        if (calibration.interval() == IntervalForm.WEIGHTED) {
            target(kept, reasons);
        } else if (known != null) {
            labels(known, test, calibrated.bins().concepts(), reasons);
        }
        groups(size, calibration.coverage(), group, reasons);
        if (familiar != null) {
            strange(images, familiar, group, reasons);
        }
        if (!kept && reasons.isEmpty()) {
            reasons.add(new Reason(
                    Kind.ERRORS,
                    "neither labels nor images look unlike those of the calibration; the errors are larger"));
        }
        double coverage = 1 - (double) missed / images.size();
        return new Verdict(kept, coverage, calibration.coverage(), chance, reasons);
    }

    /** Whether the promise was seen to be kept, and not only not seen to be broken because there are few images. */
    public boolean isSeen() {
        return kept && coverage > promised - SEEN_WITHIN;
    }

    private static void target(boolean kept, List<Reason> reasons) {
        if (!kept) {
            reasons.add(
                    new Reason(
                            Kind.LABELS,
                            "weighted intervals are for images with the shares of uncertainty.target, which these may not have"));
        }
    }

    private static void labels(Sample known, Sample test, List<String> concepts, List<Reason> reasons) {
        if (known.chanceOfLabels(test) > REASON_LEVEL) {
            return;
        }
        double[] before = known.counts();
        double[] now = test.counts();
        int most = 0;
        for (int k = 0; k < now.length; k++) {
            before[k] /= known.labels().images();
            now[k] /= test.labels().images();
            most = Math.abs(now[k] - before[k]) > Math.abs(now[most] - before[most]) ? k : most;
        }
        reasons.add(new Reason(
                Kind.LABELS,
                "the labels are distributed unlike those of the calibration: " + percent(now[most]) + " are "
                        + concepts.get(most) + ", where " + percent(before[most]) + " were"));
    }

    private static void groups(Size known, double coverage, String group, List<Reason> reasons) {
        int fewest = ConformalQuantile.fewest(coverage);
        if (known.groups() < fewest) {
            reasons.add(new Reason(
                    Kind.GROUPS,
                    "all " + known.images() + " calibration images are of " + known.groups()
                            + (known.groups() == 1 ? " group (" : " groups (") + group
                            + "); for images of new groups a coverage of " + coverage + " needs at least " + fewest));
        }
    }

    private static void strange(
            LabeledPredictions images, FamiliarImages familiar, String group, List<Reason> reasons) {
        double[] strange = images.predictions().stream()
                .mapToDouble(prediction -> prediction.isStrange() ? 1 : 0)
                .toArray();
        int count = 0;
        for (double one : strange) {
            count += (int) one;
        }
        Size size = Size.of(Size.groups(images.images(), group), strange);
        if (familiar.chanceOf(count, size) <= REASON_LEVEL) {
            reasons.add(new Reason(
                    Kind.IMAGES,
                    "the images look unlike those of the training: " + percent((double) count / images.size())
                            + " are strange, where " + percent(familiar.rate()) + " are expected"));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
