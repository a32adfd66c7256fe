package io.numclip.pretraining;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What people say instead of a concept word: a kid for a child. */
record PlainWords(Properties words) {

    private static final double AS_IT_IS = 0.4;

    static PlainWords load() throws IOException {
        Properties words = new Properties();
        try (InputStream resource = PlainWords.class.getResourceAsStream("words.properties")) {
            words.load(new InputStreamReader(Objects.requireNonNull(resource), StandardCharsets.UTF_8));
        }
        return new PlainWords(words);
    }

    /** The caption with other words for the concept; six times in ten, if there are some. */
    String reworded(String caption, String concept, SplittableRandom random) {
        List<String> others = others(concept);
        if (others.isEmpty() || random.nextDouble() < AS_IT_IS) {
            return caption;
        }
        String other = others.get(random.nextInt(others.size()));
        String article = "aeiou".indexOf(other.charAt(0)) >= 0 ? "an " : "a ";
        return caption.replaceAll("\\ban? " + concept + "\\b", article + other)
                .replaceAll("\\b" + concept + "\\b", other);
    }

    private List<String> others(String concept) {
        String key = concept.toLowerCase(Locale.ROOT).replace(' ', '-');
        return Stream.of(words.getProperty(key, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
