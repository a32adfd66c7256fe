package io.numclip.host.result;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Predictions that are looked up by the names of their images, to compare them with others image by image.
 *
 * @param places indices of the images, by name
 */
public record PredictionsByName(LabeledPredictions predictions, Map<String, Integer> places) {

    public static PredictionsByName of(LabeledPredictions predictions) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            places.put(predictions.images().get(i).name(), i);
        }
        return new PredictionsByName(predictions, places);
    }

    /** The names that both have, in the order of these predictions. */
    public List<String> in(PredictionsByName other) {
        return places.keySet().stream().filter(other.places::containsKey).toList();
    }

    public List<LabeledImage> images(List<String> names) {
        return names.stream()
                .map(name -> predictions.images().get(Objects.requireNonNull(places.get(name))))
                .toList();
    }

    /** @param figures one for each prediction */
    public double[] pick(List<String> names, double[] figures) {
        return names.stream()
                .mapToDouble(name -> figures[Objects.requireNonNull(places.get(name))])
                .toArray();
    }
}
