package io.numclip.clip.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The vocabulary of OpenAI's CLIP, which OpenCLIP has built in, so that its directories need not have it. It follows from
 * the merges: all bytes, all bytes at the end of a word, what each merge makes, and two special tokens.
 */
final class ClipVocabulary {

    private static final String MERGES = "clip-merges.txt";
    private static final String END_OF_WORD = "</w>";

    private ClipVocabulary() {}

    static JsonNode tokenizer() throws IOException {
        ArrayNode merges = TokenizerFiles.merges(text());
        List<String> tokens = new ArrayList<>(bytes());
        bytes().forEach(letter -> tokens.add(letter + END_OF_WORD));
        merges.forEach(merge -> tokens.add(merge.asText().replace(" ", "")));
        tokens.addAll(List.of("<|startoftext|>", "<|endoftext|>"));
        ObjectNode vocabulary = JsonFile.MAPPER.createObjectNode();
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        return TokenizerFiles.framed(Path.of(MERGES), vocabulary, merges);
    }

    private static String text() throws IOException {
        try (InputStream resource = ClipVocabulary.class.getResourceAsStream(MERGES)) {
            if (resource == null) {
                throw new IllegalStateException("no resource " + MERGES);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A visible letter for each byte, as in GPT-2: first those that are visible themselves. */
    private static List<String> bytes() {
        List<String> letters = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            boolean isVisible = (value >= '!' && value <= '~') || (value >= 0xa1 && value != 0xad);
            if (isVisible) {
                letters.add(Character.toString(value));
            } else {
                others.add(Character.toString(256 + others.size()));
            }
        }
        letters.addAll(others);
        return letters;
    }
}
