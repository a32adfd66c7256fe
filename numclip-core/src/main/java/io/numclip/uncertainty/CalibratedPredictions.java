package io.numclip.uncertainty;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.data.Uncertainty.AtLeast;
import io.numclip.data.Uncertainty.Interval;
import java.util.ArrayList;
import java.util.List;

/** Adds uncertainty to the predictions of a model. */
public final class CalibratedPredictions {

    private final Calibration calibration;
    private final Bins bins;

    /** @param bins those of the model */
    public CalibratedPredictions(Calibration calibration, Bins bins) {
        if (calibration.perBin().size() != bins.size()) {
            throw new IllegalArgumentException("the calibration belongs to a model with "
                    + calibration.perBin().size() + " bins; found " + bins.size());
        }
        this.calibration = calibration;
        this.bins = bins;
    }

    public Calibration calibration() {
        return calibration;
    }

    /**
     * @param raw as the network gives it; its value is kept
     * @return with tempered probabilities and uncertainty
     */
    public Prediction calibrated(Prediction raw) {
        double[] probabilities = Temperature.apply(calibration.temperature(), raw.probabilities());
        Interval interval = interval(calibration.interval(), raw.value(), probabilities);
        double widest = calibration.abstainAbove();
        Uncertainty uncertainty = new Uncertainty(
                calibration.coverage(),
                interval,
                concepts(set(probabilities)),
                atLeast(probabilities),
                widest > 0 && interval.width() > widest,
                raw.value() < calibration.lowestLabel() || raw.value() > calibration.highestLabel());
        return new Prediction(raw.value(), concepts(probabilities), uncertainty, raw.familiarity(), null);
    }

    public List<Prediction> calibrated(List<Prediction> raw) {
        return raw.stream().map(this::calibrated).toList();
    }

    /**
     * The interval around a value, within the label scale.
     *
     * @param probabilities (K) tempered
     */
    Interval interval(IntervalForm form, double value, double[] probabilities) {
        double expectedError = calibration.difficulty().of(bins.anchors(), probabilities);
        double half = calibration.halfWidth(form, expectedError, bins.indexOf(value));
        double bottom = bins.get(0).lower();
        double top = bins.get(bins.size() - 1).upper();
        return new Interval(Math.max(bottom, value - half), Math.min(top, value + half));
    }

    /** @param probabilities (K) tempered */
    OrdinalSet set(double[] probabilities) {
        return OrdinalSet.of(probabilities, calibration.set());
    }

    Bins bins() {
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
