package io.numclip.clip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tokenizer of a model directory as one JSON object: {@code tokenizer.json}, or {@code vocab.json} and
 * {@code merges.txt} in the frame that all CLIP tokenizers share.
 */
final class TokenizerFiles {

    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";

    private TokenizerFiles() {}

    /** The file to name in messages. */
    static Path main(Path directory) {
        Path whole = directory.resolve("tokenizer.json");
        Path vocabulary = directory.resolve("vocab.json");
        if (Files.exists(whole)) {
            return whole;
        }
        if (Files.exists(vocabulary)) {
            return vocabulary;
        }
        throw new NumClipException(
                Kind.MISSING,
                directory + ": no tokenizer.json, and no vocab.json with merges.txt",
                "copy tokenizer.json from where the model directory came from");
    }

    static JsonNode read(Path directory) throws IOException {
        Path file = main(directory);
        JsonNode json = JsonFile.object(file, JsonFile.bytes(file, Limit.TOKENIZER_BYTES));
        return file.endsWith("tokenizer.json") ? json : framed(file, json, directory.resolve("merges.txt"));
    }

    private static JsonNode framed(Path file, JsonNode vocabulary, Path merges) throws IOException {
        ObjectNode root = frame();
        ObjectNode model = (ObjectNode) root.get("model");
        model.set("vocab", vocabulary);
        model.set("merges", merges(merges));
        addSpecialToken(file, root, vocabulary, START, "cls");
        addSpecialToken(file, root, vocabulary, END, "sep");
        return root;
    }

    private static ArrayNode merges(Path file) throws IOException {
        String text = new String(JsonFile.bytes(file, Limit.TOKENIZER_BYTES), StandardCharsets.UTF_8);
        ArrayNode merges = JsonFile.MAPPER.createArrayNode();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                .forEach(merges::add);
        return merges;
    }

    private static void addSpecialToken(Path file, ObjectNode root, JsonNode vocabulary, String token, String role) {
        JsonNode id = vocabulary.path(token);
        if (!id.isIntegralNumber()) {
            throw JsonFile.damaged(file, "/" + token + ": expected the id of CLIP's special token, found " + id);
        }
        ObjectNode added = ((ArrayNode) root.get("added_tokens")).addObject();
        added.put("content", token).put("special", true).set("id", id);
        for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
            added.put(flag, false);
        }
        ((ObjectNode) root.get("post_processor")).putArray(role).add(token).add(id);
    }

    private static ObjectNode frame() throws IOException {
        try (InputStream in = TokenizerFiles.class.getResourceAsStream("tokenizer-frame.json")) {
            return (ObjectNode) JsonFile.MAPPER.readTree(in);
        }
    }
}
