package io.numclip.runner.words;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Words that say about the same, for tasks that ship none.
 *
 * @param kinds by kind of question, such as size, its words in ascending order, each with others for it
 * @param templates texts around a word, with {@code {}} in its place
 */
public record Vocabulary(Map<String, Map<String, List<String>>> kinds, List<String> templates) {

    private static final int FEWEST = 2; // concepts whose words must be known, for a kind to fit

    public Vocabulary {
        kinds = new LinkedHashMap<>(kinds); // in its order
        templates = List.copyOf(templates);
    }

    /**
     * Other words for the concepts of one task: those of the kind that knows most of them.
     *
     * @return for each concept a list, which is empty if nothing is known
     */
    List<List<String>> others(List<String> concepts) {
        return kinds.values().stream()
                .map(kind -> WordKind.of(kind).others(concepts))
                .filter(others -> known(others) >= FEWEST)
                .max(Comparator.comparing(Vocabulary::known))
                .orElse(Collections.nCopies(concepts.size(), List.of()));
    }

    private static long known(List<List<String>> others) {
        return others.stream().filter(words -> !words.isEmpty()).count();
    }
}
