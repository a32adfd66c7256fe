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
import io.numclip.uncertainty.temperature.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds uncertainty to the predictions of a model. */
public final class CalibratedPredictions {

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

    public Calibration calibration() {
        return calibration;
    }

    /**
     * @param raw as the network gives it; its value is kept
     * @param attributes of the image, as far as they are known
     * @return with tempered probabilities and uncertainty
     */
    public Prediction calibrated(Prediction raw, Map<String, String> attributes) {
        double[] probabilities = Temperature.apply(calibration.temperature(), raw.probabilities());
        Interval interval = interval(calibration.interval(), raw.value(), probabilities, attributes);
        double widest = calibration.abstainAbove();
        Uncertainty uncertainty = new Uncertainty(
                calibration.coverage(),
                interval,
                concepts(set(probabilities)),
                atLeast(probabilities),
                widest > 0 && interval.width() > widest,
                raw.value() < calibration.lowestLabel() || raw.value() > calibration.highestLabel(),
                calibration.cuts().stream()
                        .map(cut -> new Decision(cut.name(), cut.isCalled(raw.value())))
                        .toList());
        Prediction sure = new Prediction(
                raw.value(), concepts(probabilities), uncertainty, raw.familiarity(), null, raw.explanation());
        return sure.withDamage(raw.damage());
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
     * The interval around a value, within the label scale.
     *
     * @param probabilities (K) tempered
     * @param attributes of the image, as far as they are known
     */
    public Interval interval(IntervalForm form, double value, double[] probabilities, Map<String, String> attributes) {
        double[] ends = calibration.ends(form, value, probabilities, bins, attributes);
        return new Interval(scale.clamp(ends[0]), scale.clamp(ends[1]));
    }

    /** @param probabilities (K) tempered */
    public OrdinalSet set(double[] probabilities) {
        return OrdinalSet.of(probabilities, calibration.set());
    }

    public Bins bins() {
        return bins;
    }

    private List<String> concepts(OrdinalSet set) {
        return bins.concepts().subList(set.first(), set.last() + 1);
    }

    private List<Prediction.Concept> concepts(double[] probabilities) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            concepts.add(new Prediction.Concept(bins.get(k).concept(), probabilities[k]));
        }
        return concepts;
    }

    private List<AtLeast> atLeast(double[] probabilities) {
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
