package io.numclip.runner.words;

import java.util.List;
import java.util.stream.IntStream;

/** Text features of every candidate word in every template. */
public final class ReadSentences {

    private final List<List<float[]>> features;

    /** @param features for each template the R candidate words of all bins, bin by bin: vectors of width D */
    public ReadSentences(List<List<float[]>> features) {
        this.features = features.stream()
                .map(words -> words.stream().map(Vectors::normalize).toList())
                .toList();
    }

    int templates() {
        return features.size();
    }

    /** Prototypes of all R words: directions averaged over the templates, of length 1. */
    List<float[]> prototypes(List<Integer> templates) {
        return IntStream.range(0, features.get(0).size())
                .mapToObj(word -> prototype(templates, word))
                .toList();
    }

    private float[] prototype(List<Integer> templates, int word) {
        float[] sum = new float[features.get(0).get(word).length];
        templates.forEach(template -> Vectors.add(sum, features.get(template).get(word)));
        return Vectors.normalize(sum);
    }
}
