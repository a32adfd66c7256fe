package io.numclip.runner.predict;

import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.host.result.PredictedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model in a labelling program.
 *
 * @param prefix of its fields there: nothing for the only model, else such as {@code age_}; letters, digits and underscores
 */
record LabelledModel(String prefix, PredictedModel model, LabelScale scale) {

    /** @param scales of the models */
    static List<LabelledModel> of(List<PredictedModel> models, List<LabelScale> scales) {
        if (models.size() == 1) {
            return List.of(new LabelledModel("", models.get(0), scales.get(0)));
        }
        Set<String> prefixes = new HashSet<>();
        List<LabelledModel> labelled = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            String name = plain(models.get(i).name());
            String prefix = name + "_";
            for (int n = 2; !prefixes.add(prefix); n++) {
                prefix = name + "_" + n + "_";
            }
            labelled.add(new LabelledModel(prefix, models.get(i), scales.get(i)));
        }
        return labelled;
    }

    /** FiftyOne reads a dot as the path of a field, and refuses a dollar sign, and an underscore in front. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", "");
        return plain.isEmpty() ? "model" : plain;
    }

    /** Behind the names of its properties of XMP: nothing for the only model, else such as {@code _age}. */
    String suffix() {
        return ("_" + prefix)
                .replaceAll("_$", "")
                .replaceAll("[^A-Za-z0-9_]", "-"); // XML accepts fewer letters than Java
    }

    /**
     * How sure the model is: 1 − width of the interval / range of the scale; without intervals the probability of the
     * likeliest concept.
     *
     * @return 0 to 1, as both programs want it
     */
    double confidence(Prediction prediction) {
        double range = scale.maximum() - scale.minimum();
        double confidence = prediction
                .interval()
                .map(interval -> 1 - interval.width() / range)
                .orElseGet(() -> prediction.likeliest(1).get(0).probability());
        return Math.max(0, Math.min(1, confidence));
    }
}
