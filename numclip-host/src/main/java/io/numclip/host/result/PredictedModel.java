package io.numclip.host.result;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.uncertainty.Cut;
import java.util.List;

/**
 * What the rows of a model's predictions have in common.
 *
 * @param name that tells it from other models
 * @param digest SHA-256 of the model, in hexadecimal digits
 * @param scale of its numbers
 * @param concepts (K) in the order of the scale
 * @param thresholds (K − 1) lower edges of all concepts except the first
 * @param cuts that it decides on
 * @param fromWords whether it has learned from no image
 */
public record PredictedModel(
        String name,
        String digest,
        LabelScale scale,
        List<String> concepts,
        List<Double> thresholds,
        List<Cut> cuts,
        boolean fromWords) {

    public PredictedModel {
        concepts = List.copyOf(concepts);
        thresholds = List.copyOf(thresholds);
        cuts = List.copyOf(cuts);
    }

    /** A model that has learned from images. */
    public PredictedModel(
            String name,
            String digest,
            LabelScale scale,
            List<String> concepts,
            List<Double> thresholds,
            List<Cut> cuts) {
        this(name, digest, scale, concepts, thresholds, cuts, false);
    }

    /** The unit of its numbers. */
    public String unit() {
        return scale.unit();
    }

    public static PredictedModel of(String name, String digest, LabelScale scale, Bins bins, List<Cut> cuts) {
        List<Double> edges = bins.list().stream().skip(1).map(Bin::lower).toList();
        return new PredictedModel(name, digest, scale, bins.concepts(), edges, cuts);
    }

    /** The same model, said to have learned from images or from none. */
    public PredictedModel fromWords(boolean alone) {
        return new PredictedModel(name, digest, scale, concepts, thresholds, cuts, alone);
    }
}
