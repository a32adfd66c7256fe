package io.numclip.host.label;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that people are asked about; all can be read.
 *
 * @param names below the folder, with slashes
 * @param features (N, D) of length 1
 * @param guesses where an untrained CLIP places each on the scale (N), before anybody has compared two of them
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record LabelImages(List<String> names, float[][] features, double... guesses) {

    public LabelImages {
        names = List.copyOf(names);
    }

    Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        return places;
    }
}
