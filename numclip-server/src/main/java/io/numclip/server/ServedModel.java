package io.numclip.server;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.host.result.PredictedModel;
import io.numclip.uncertainty.Cut;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server answers with.
 *
 * @param rows what its rows have in common: name, digest, concepts
 * @param coverage share of labels in the intervals; null where the model is not calibrated
 * @param familiarity whether the model tells strange images
 */
public record ServedModel(
        PredictedModel rows,
        LabelScale scale,
        Bins bins,
        @Nullable Double coverage,
        boolean familiarity) {

    private static final int VERSION_DIGITS = 12;

    /** The form in JSON. */
    private record Concept(String name, double lower, double upper) {}

    /** The form in JSON. */
    private record ShownCut(
            String name, double missAtMost, @Nullable Double threshold) {

        static ShownCut of(Cut cut) {
            return new ShownCut(cut.name(), cut.missAtMost(), cut.threshold());
        }
    }

    String name() {
        return rows.name();
    }

    /** The beginning of the digest: another training is another version. */
    String version() {
        return rows.digest().substring(0, Math.min(VERSION_DIGITS, rows.digest().length()));
    }

    boolean isCalibrated() {
        return coverage != null;
    }

    /** What {@code /v1/models} says of it. */
    Map<String, @Nullable Object> description() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name());
        json.put("unit", rows.unit());
        json.put("lowest", scale.minimum());
        json.put("highest", scale.maximum());
        json.put("wholeNumbers", scale.wholeNumbers());
        json.put(
                "concepts",
                bins.list().stream()
                        .map(bin -> new Concept(bin.concept(), bin.lower(), bin.upper()))
                        .toList());
        json.put("thresholds", rows.thresholds());
        json.put("calibrated", isCalibrated());
        json.put("coverage", coverage);
        json.put("cuts", rows.cuts().stream().map(ShownCut::of).toList());
        json.put("digest", rows.digest());
        return json;
    }
}
