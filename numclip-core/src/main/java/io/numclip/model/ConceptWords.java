package io.numclip.model;

import java.util.List;

/**
 * The prompts that a model compares images with.
 *
 * @param ofClasses (K) for each class of the heads its prompts in all wordings; empty where there are none to show
 * @param problem why there are none, as a sentence; empty where there are some
 */
public record ConceptWords(List<List<String>> ofClasses, String problem) {

    public ConceptWords {
        ofClasses = List.copyOf(ofClasses);
    }

    public static ConceptWords of(List<List<String>> ofClasses) {
        return new ConceptWords(ofClasses, "");
    }

    public static ConceptWords none(String problem) {
        return new ConceptWords(List.of(), problem);
    }
}
