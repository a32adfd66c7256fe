package io.numclip.uncertainty;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Decision;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.data.Uncertainty.AtLeast;
import io.numclip.data.Uncertainty.Interval;
import io.numclip.uncertainty.evidence.Evidence;
import io.numclip.uncertainty.temperature.Temperature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds uncertainty to the predictions of a model. */
public final class CalibratedPredictions {

    private static final double ROUNDING = 1e-9;
    private static final double OF_WORDS = 0.9;

    private final Calibration calibration;
    private final Bins bins;
    private final LabelScale scale;

    /**
     * @param bins those of the model
     * @param scale likewise; intervals end where it does
     */
    public CalibratedPredictions(Calibration calibration, Bins bins, LabelScale scale) {
        if (calibration.perBin().size() != bins.size()) {
            throw new IllegalArgumentException("the calibration belongs to a model with "
                    + calibration.perBin().size() + " bins; found " + bins.size());
        }
        this.calibration = calibration;
        this.bins = bins;
        this.scale = scale;
    }

    /**
     * With the spread that the words leave, for a model that has learned nothing: neighbours of the likeliest concept that have
     * nine tenths of the probability together, and the numbers that they stand for.
     *
     * @param raw as the network gives it
     */
    public static Prediction ofWords(Prediction raw, Bins bins, LabelScale scale) {
        OrdinalSet set = OrdinalSet.of(raw.probabilities(), Math.nextDown(OF_WORDS));
        Bin top = bins.get(set.last());
        boolean isHighest = set.last() == bins.size() - 1;
        double upper = scale.wholeNumbers() && !isHighest ? Math.ceil(top.upper()) - 1 : top.upper();
        Uncertainty spread = new Uncertainty(
                OF_WORDS,
                new Interval(
                        scale.clamp(Math.min(raw.value(), bins.get(set.first()).lower())),
                        scale.clamp(Math.max(raw.value(), upper))),
                bins.concepts().subList(set.first(), set.last() + 1),
                atLeast(bins, raw.probabilities()),
                false,
                false,
                List.of(),
                true);
        return new Prediction(raw.value(), raw.concepts(), spread, raw.familiarity(), null, raw.explanation())
                .withDamage(raw.damage());
    }

    public Calibration calibration() {
        return calibration;
    }

    /**
     * @param raw as the network gives it
     * @param attributes of the image, as far as they are known
     * @return with uncertainty and the chance of each concept, all of one distribution; with words, its number is the likeliest
     */
    public Prediction calibrated(Prediction raw, Map<String, String> attributes) {
        double[] words = words(raw);
        double value = number(raw);
        double[] ends = calibration.ends(calibration.interval(), value, words, bins, attributes);
        List<Evidence.Other> others = others(raw, value);
        Interval interval = reaching(ends, others);
        double[] chances = calibration.hasErrors() ? chances(words, value, ends, others) : words;
        double widest = calibration.abstainAbove();
        Uncertainty uncertainty = new Uncertainty(
                calibration.coverage(),
                interval,
                calibration.hasErrors() ? likely(chances) : reached(interval),
                atLeast(bins, chances),
                widest > 0 && interval.width() > widest,
                value < calibration.lowestLabel() || value > calibration.highestLabel(),
                calibration.cuts().stream()
                        .map(cut -> new Decision(cut.name(), cut.isCalled(value)))
                        .toList());
        Prediction sure =
                new Prediction(value, concepts(chances), uncertainty, raw.familiarity(), null, raw.explanation());
        return sure.withDamage(raw.damage());
    }

    /** (2, K) the chances of an image by errors and by words. */
    double[][] opinions(Prediction raw, Map<String, String> attributes) {
        double[] words = words(raw);
        double value = number(raw);
        double[] ends = calibration.ends(calibration.interval(), value, words, bins, attributes);
        return new double[][] {byErrors(words, value, ends, others(raw, value)), words};
    }

    private double number(Prediction raw) {
        return calibration.isOfWords() ? NumberForm.likeliest(raw.probabilities(), bins) : raw.value();
    }

    /** (K) the number of each concept, where the likeliest is the number of an image; else empty, as the network says it. */
    public Optional<double[]> numbersOfWords() {
        return calibration.isOfWords()
                ? Optional.of(
                        bins.list().stream().mapToDouble(NumberForm::number).toArray())
                : Optional.empty();
    }

    /** (K) how well each concept's words match. */
    private double[] words(Prediction raw) {
        return Temperature.apply(calibration.temperature(), raw.probabilities());
    }

    private double[] chances(double[] words, double value, double[] ends, List<Evidence.Other> others) {
        double[] chances =
                Objects.requireNonNull(calibration.form()).pooled(byErrors(words, value, ends, others), words);
        NumberForm.share(chances, bins.indexOf(value));
        return chances;
    }

    /** Around the number, and around each other that the image may have. */
    private double[] byErrors(double[] words, double value, double[] ends, List<Evidence.Other> others) {
        double own = 1 - others.stream().mapToDouble(Evidence.Other::weight).sum();
        double[] chances = new double[bins.size()];
        add(chances, own, value, ends, words);
        for (Evidence.Other other : others) {
            double distance = other.number() - value;
            add(chances, other.weight(), other.number(), new double[] {ends[0] + distance, ends[1] + distance}, words);
        }
        return chances;
    }

    private void add(double[] chances, double weight, double number, double[] ends, double[] words) {
        double[] around = Objects.requireNonNull(calibration.form())
                .chances(calibration.around(number, ends, words, bins, scale), bins, scale);
        Arrays.setAll(chances, k -> chances[k] + weight * around[k]);
    }

    /** @param raw as the network gives them */
    public LabeledPredictions calibrated(LabeledPredictions raw) {
        List<Prediction> calibrated = new ArrayList<>();
        for (int n = 0; n < raw.size(); n++) {
            calibrated.add(
                    calibrated(raw.predictions().get(n), raw.images().get(n).attributes()));
        }
        return new LabeledPredictions(raw.images(), calibrated);
    }

    /**
     * The interval of an image, within the label scale.
     *
     * @param raw as the network gives it
     * @param attributes of the image, as far as they are known
     */
    public Interval interval(IntervalForm form, Prediction raw, Map<String, String> attributes) {
        double value = number(raw);
        return reaching(calibration.ends(form, value, words(raw), bins, attributes), others(raw, value));
    }

    /** Numbers that an interval would else miss too often: of other humps, and for a strange image of other concepts. */
    private List<Evidence.Other> others(Prediction raw, double value) {
        if (!calibration.hasErrors()) {
            return List.of();
        }
        Evidence evidence = Evidence.of(raw.probabilities(), bins.anchors());
        return raw.isStrange()
                ? evidence.beside(bins.indexOf(value), calibration.coverage())
                : evidence.others(1 - calibration.coverage());
    }

    /** Of whole numbers, the same labels lie in it as before its ends are whole. */
    private Interval reaching(double[] ends, List<Evidence.Other> others) {
        DoubleSummaryStatistics numbers =
                others.stream().mapToDouble(Evidence.Other::number).summaryStatistics();
        double lower = scale.within(Math.min(ends[0], numbers.getMin()));
        double upper = scale.within(Math.max(ends[1], numbers.getMax()));
        double first = Math.ceil(lower - ROUNDING) + 0.0; // and not -0.0
        double last = Math.floor(upper + ROUNDING);
        return scale.wholeNumbers() && first <= last
                ? new Interval(first, last)
                : new Interval(scale.clamp(lower), scale.clamp(upper));
    }

    public Bins bins() {
        return bins;
    }

    /** Neighbours of the likeliest concept that have the promised chance together. */
    private List<String> likely(double[] chances) {
        OrdinalSet set = OrdinalSet.of(chances, Math.nextDown(calibration.coverage()));
        return bins.concepts().subList(set.first(), set.last() + 1);
    }

    /** The concepts that an interval reaches. */
    private List<String> reached(Interval interval) {
        return bins.concepts().subList(bins.indexOf(interval.lower()), bins.indexOf(interval.upper()) + 1);
    }

    private List<Prediction.Concept> concepts(double[] probabilities) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            concepts.add(new Prediction.Concept(bins.get(k).concept(), probabilities[k]));
        }
        return concepts;
    }

    private static List<AtLeast> atLeast(Bins bins, double[] probabilities) {
        List<AtLeast> atLeast = new ArrayList<>();
        double above = 0;
        for (int k = bins.size() - 1; k > 0; k--) {
            Bin bin = bins.get(k);
            above += probabilities[k];
            atLeast.add(0, new AtLeast(bin.lower(), Math.min(1, above)));
        }
        return atLeast;
    }
}
