package io.numclip.prompt;

import io.numclip.data.NumberPrompt;
import java.util.List;

/** Words around a concept. */
record Template(String before, String after) {

    private static final String PLACE = "{}";

    /** @param text with {@code {}} where the concept stands, else it stands at the end; a last full stop is left out */
    static Template of(String text) {
        String words = text.strip();
        if (words.endsWith(".")) {
            words = words.substring(0, words.length() - 1);
        }
        int place = words.indexOf(PLACE);
        if (place < 0) {
            return new Template(words.strip(), "");
        }
        if (words.indexOf(PLACE, place + 1) >= 0) {
            throw new IllegalArgumentException(
                    "a template has one place {} for the concept; found two in '" + text + "'");
        }
        return new Template(
                words.substring(0, place).strip(),
                words.substring(place + PLACE.length()).strip());
    }

    List<NumberPrompt> around(List<String> concepts) {
        return concepts.stream()
                .map(concept -> new NumberPrompt(before, concept, after))
                .toList();
    }
}
