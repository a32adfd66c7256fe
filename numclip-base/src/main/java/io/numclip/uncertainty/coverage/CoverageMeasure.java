package io.numclip.uncertainty.coverage;

import io.numclip.data.LabeledPredictions;
import io.numclip.data.Uncertainty.Interval;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Calibrator;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.Sample;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.Spread;
import io.numclip.uncertainty.coverage.CoverageReport.Abstained;
import io.numclip.uncertainty.coverage.CoverageReport.BinCoverage;
import io.numclip.uncertainty.coverage.CoverageReport.Intervals;
import io.numclip.uncertainty.coverage.CoverageReport.Sets;
import io.numclip.uncertainty.temperature.Likelihood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures a calibration on images that were not used for it. */
public final class CoverageMeasure {

    private final CalibratedPredictions calibrated;
    private final LabeledPredictions test;
    private final @Nullable FamiliarImages familiar;
    private final String group;
    private final double[] values; // (N)
    private final double[] labels; // (N)
    private final double[][] raw; // (N, K)
    private final LabeledPredictions shown; // with uncertainty
    private final double[][] chances; // (N, K) as shown
    private final int[] labelBins; // (N)
    private final double[] errors; // (N)

    private CoverageMeasure(
            CalibratedPredictions calibrated,
            LabeledPredictions test,
            @Nullable FamiliarImages familiar,
            String group) {
        this.calibrated = calibrated;
        this.test = test;
        this.familiar = familiar;
        this.group = group;
        shown = calibrated.calibrated(test);
        values = shown.values();
        labels = test.labels();
        raw = Calibrator.probabilities(test);
        chances = Calibrator.probabilities(shown);
        labelBins = Arrays.stream(labels).mapToInt(calibrated.bins()::indexOf).toArray();
        errors = shown.errors();
    }

    /**
     * @param test not empty
     * @param familiar null if strange images cannot be told
     * @param group attribute that says which images belong together
     */
    public static CoverageReport of(
            CalibratedPredictions calibrated,
            LabeledPredictions test,
            @Nullable FamiliarImages familiar,
            String group) {
        if (test.size() == 0) {
            throw new IllegalArgumentException("coverage is measured on at least 1 image; found none");
        }
        return new CoverageMeasure(calibrated, test, familiar, group).report();
    }

    private CoverageReport report() {
        Calibration calibration = calibrated.calibration();
        Map<IntervalForm, Interval[]> intervals = new EnumMap<>(IntervalForm.class);
        calibration.forms().forEach(form -> intervals.put(form, intervals(form)));
        Map<IntervalForm, Intervals> forms = new EnumMap<>(IntervalForm.class);
        intervals.forEach((form, ofForm) -> forms.put(form, describe(ofForm)));
        Interval[] ofShown = Objects.requireNonNull(intervals.get(calibration.interval()));
        double[] missed = images().mapToDouble(n -> ofShown[n].contains(labels[n]) ? 0 : 1)
                .toArray();
        Sample tested = Sample.of(test, missed, calibrated.bins(), group);
        Sample known = calibration.sample();
        return new CoverageReport(
                calibration.coverage(),
                known == null ? Size.of(calibration.images()) : known.size(),
                tested.size(),
                calibration.interval(),
                forms,
                byBin(intervals),
                merged(),
                sets(),
                calibration.temperature(),
                Likelihood.of(raw, labelBins),
                Likelihood.of(chances, labelBins),
                abstained(),
                familiar == null ? null : count(n -> test.predictions().get(n).isStrange()),
                Verdict.of(calibrated, test, tested, (int) Arrays.stream(missed).sum(), familiar, group),
                count(n -> values[n] < calibration.lowestLabel() || values[n] > calibration.highestLabel()),
                calibration.cuts().stream()
                        .map(cut -> CutMeasure.of(cut, test, group))
                        .toList());
    }

    private Interval[] intervals(IntervalForm form) {
        return images().mapToObj(n -> calibrated.interval(
                        form, test.predictions().get(n), test.images().get(n).attributes()))
                .toArray(Interval[]::new);
    }

    private Intervals describe(Interval[] intervals) {
        double[] spreads = images().mapToDouble(n -> Spread.of(calibrated.bins().anchors(), chances[n]))
                .toArray();
        List<Integer> bySpread = ascending(spreads);
        List<Integer> byError = ascending(errors);
        int third = Math.max(1, test.size() / 3);
        return new Intervals(
                covered(intervals, n -> true),
                meanWidth(intervals, bySpread),
                meanWidth(intervals, bySpread.subList(0, third)),
                meanWidth(intervals, bySpread.subList(test.size() - third, test.size())),
                meanWidth(intervals, byError.subList(0, third)),
                meanWidth(intervals, byError.subList(test.size() - third, test.size())));
    }

    private List<BinCoverage> byBin(Map<IntervalForm, Interval[]> intervals) {
        List<BinCoverage> parts = new ArrayList<>();
        for (int k = 0; k < calibrated.bins().size(); k++) {
            int bin = k;
            IntPredicate inBin = n -> calibrated.bins().indexOf(values[n]) == bin;
            if (count(inBin) > 0) {
                Map<IntervalForm, Double> coverage = new EnumMap<>(IntervalForm.class);
                intervals.forEach((form, ofForm) -> coverage.put(form, covered(ofForm, inBin)));
                parts.add(new BinCoverage(calibrated.bins().get(k).concept(), count(inBin), coverage));
            }
        }
        return parts;
    }

    private List<List<String>> merged() {
        List<Integer> groups = calibrated.calibration().binGroups();
        List<String> concepts = calibrated.bins().concepts();
        return groups.stream()
                .distinct()
                .map(group -> concepts.subList(groups.indexOf(group), groups.lastIndexOf(group) + 1))
                .filter(together -> together.size() > 1)
                .toList();
    }

    private Sets sets() {
        List<List<String>> sets = shown.predictions().stream()
                .map(each -> Objects.requireNonNull(each.uncertainty()).concepts())
                .toList();
        List<String> concepts = calibrated.bins().concepts();
        double covered = (double) count(n -> sets.get(n).contains(concepts.get(labelBins[n]))) / test.size();
        double size = sets.stream().mapToInt(List::size).average().orElseThrow();
        return new Sets(covered, size);
    }

    private Abstained abstained() {
        IntPredicate tooWide = n ->
                Objects.requireNonNull(shown.predictions().get(n).uncertainty()).abstained();
        @Nullable Double mae = null;
        if (count(tooWide) < test.size()) {
            mae = images().filter(tooWide.negate())
                    .mapToDouble(n -> errors[n])
                    .average()
                    .orElseThrow();
        }
        return new Abstained(count(tooWide), mae);
    }

    private double covered(Interval[] intervals, IntPredicate among) {
        return (double) count(n -> among.test(n) && intervals[n].contains(labels[n])) / count(among);
    }

    private static double meanWidth(Interval[] intervals, List<Integer> images) {
        return images.stream().mapToDouble(n -> intervals[n].width()).average().orElseThrow();
    }

    private static List<Integer> ascending(double[] figures) {
        return IntStream.range(0, figures.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> figures[n]))
                .toList();
    }

    private int count(IntPredicate among) {
        return Math.toIntExact(images().filter(among).count());
    }

    private IntStream images() {
        return IntStream.range(0, test.size());
    }
}
