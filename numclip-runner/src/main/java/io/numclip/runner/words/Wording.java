package io.numclip.runner.words;

import java.util.List;

/**
 * A choice among candidates.
 *
 * @param templates indices; several make an ensemble
 * @param words for each bin the index of a word in its list
 */
public record Wording(List<Integer> templates, List<Integer> words) {

    public Wording {
        templates = List.copyOf(templates);
        words = List.copyOf(words);
    }
}
