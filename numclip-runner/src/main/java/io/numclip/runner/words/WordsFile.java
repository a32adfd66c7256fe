package io.numclip.runner.words;

import io.numclip.spi.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Candidates for the words of a task, as a file lists them.
 *
 * @param words other words for each number concept, by the word of the recipe
 * @param templates texts around a word, with {@code {}} in its place
 */
public record WordsFile(Map<String, List<String>> words, List<String> templates) {

    public WordsFile {
        words = new LinkedHashMap<>(words); // in its order
        words.forEach((concept, list) -> {
            if (list.isEmpty() || list.stream().anyMatch(String::isBlank)) {
                throw new InvalidSettingException(
                        "words", "needs at least one word for '" + concept + "', and no blank one; found " + list);
            }
        });
        templates = List.copyOf(templates);
    }

    public static WordsFile defaults() {
        return new WordsFile(Map.of(), List.of());
    }
}
