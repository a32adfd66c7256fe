package io.numclip.clip.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.storage.JsonFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks a tokenizer before native code reads it, where an unresolved merge or a prefix longer than its token ends the
 * whole process. A valid tokenizer is a byte-pair or unigram model whose every id, merge and special token resolves, between steps
 * that CLIP's tokenizers have ({@link TokenizerSteps}).
 */
final class TokenizerValidator {

    /** Native code gets these and nothing else. */
    private static final Set<String> PARTS =
            Set.of("version", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "model");

    private static final Set<String> MODEL_PARTS = Set.of(
            "type", "unk_token", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
    private static final Set<String> UNIGRAM_PARTS = Set.of("type", "unk_id", "byte_fallback", "vocab");
    private static final int LONGEST_TOKEN = 256;
    private static final int MOST_ADDED_TOKENS = 10_000;

    private final Path file;
    private final int vocabularySize;
    private final Map<String, Long> ids = new HashMap<>();

    private TokenizerValidator(Path file, int vocabularySize) {
        this.file = file;
        this.vocabularySize = vocabularySize;
    }

    /**
     * What encoding a text needs of a tokenizer: without its decoder, and without the padding and truncation that an
     * export may have left switched on.
     */
    static JsonNode checked(Path file, JsonNode root, int vocabularySize) {
        TokenizerValidator validator = new TokenizerValidator(file, vocabularySize);
        JsonNode model = root.path("model");
        if (model.path("type").asText().equals("Unigram")) {
            validator.checkUnigram((ObjectNode) model);
        } else {
            validator.checkBytePairs(model);
        }
        validator.readAddedTokens(root.path("added_tokens"));
        new TokenizerSteps(validator).check(root);
        return ((ObjectNode) root).retain(PARTS);
    }

    private void checkBytePairs(JsonNode model) {
        checkModel(model);
        readVocabulary(model.path("vocab"));
        checkMerges(model.path("merges"));
        checkUnknownToken(model.path("unk_token"));
        ((ObjectNode) model).put("type", "BPE").retain(MODEL_PARTS);
    }

    /** Pieces with the logarithms of their probabilities; the id of a piece is its place. */
    private void checkUnigram(ObjectNode model) {
        JsonNode pieces = model.path("vocab");
        if (!pieces.isArray() || pieces.isEmpty()) {
            throw wrong("/model/vocab", pieces, "a list of [token, number]");
        }
        for (int i = 0; i < pieces.size(); i++) {
            String pointer = "/model/vocab/" + i;
            JsonNode piece = pieces.get(i);
            if (piece.size() != 2
                    || !piece.path(0).isTextual()
                    || piece.get(0).textValue().isEmpty()
                    || !Float.isFinite(piece.path(1).floatValue())
                    || !piece.path(1).isNumber()) {
                throw wrong(pointer, piece, "[token, number]");
            }
            checkLength(pointer, piece.get(0).textValue());
            if (i >= vocabularySize) {
                throw wrong("/model/vocab", pieces.get(i), "at most " + vocabularySize + " tokens");
            }
            ids.putIfAbsent(piece.get(0).textValue(), (long) i);
        }
        JsonNode unknown = model.path("unk_id");
        if (!unknown.isIntegralNumber() || unknown.asLong() < 0 || unknown.asLong() >= pieces.size()) {
            throw wrong("/model/unk_id", unknown, "the id of a token");
        }
        model.retain(UNIGRAM_PARTS);
    }

    /** Requires a token that is in the vocabulary or was added, with its id. */
    void requireToken(String pointer, JsonNode token, JsonNode id) {
        if (!token.isTextual() || !ids.containsKey(token.textValue())) {
            throw wrong(pointer, token, "a token of the vocabulary");
        }
        if (id(pointer, id) != ids.get(token.textValue())) {
            throw wrong(pointer, id, "id " + ids.get(token.textValue()) + " of " + token);
        }
    }

    private void checkLength(String pointer, String token) {
        if (token.length() > LONGEST_TOKEN) {
            JsonNode found = JsonFile.MAPPER.getNodeFactory().textNode(token);
            throw wrong(pointer, found, "at most " + LONGEST_TOKEN + " characters in a token");
        }
    }

    NumClipException wrong(String pointer, JsonNode found, String expected) {
        String text = found.isMissingNode() ? "nothing" : found.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return JsonFile.damaged(file, pointer + ": expected " + expected + ", found " + shown);
    }

    private void checkModel(JsonNode model) {
        if (!model.isObject() || !model.path("type").asText("BPE").equals("BPE")) {
            throw wrong("/model/type", model.path("type"), "\"BPE\" or \"Unigram\"");
        }
        if (!model.path("continuing_subword_prefix").asText("").isEmpty()) {
            throw wrong("/model/continuing_subword_prefix", model.get("continuing_subword_prefix"), "\"\" or null");
        }
        JsonNode suffix = model.path("end_of_word_suffix");
        if (!absent(suffix) && !suffix.isTextual()) {
            throw wrong("/model/end_of_word_suffix", suffix, "a string or null");
        }
        checkLength("/model/end_of_word_suffix", suffix.asText());
        if (model.path("dropout").asDouble(0) != 0) {
            throw wrong("/model/dropout", model.get("dropout"), "null, so that a text always has the same ids");
        }
    }

    private void readVocabulary(JsonNode vocabulary) {
        if (!vocabulary.isObject() || vocabulary.isEmpty()) {
            throw wrong("/model/vocab", vocabulary, "tokens with ids");
        }
        Set<Long> used = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            checkLength("/model/vocab", entry.getKey());
            String pointer = "/model/vocab/" + escaped(entry.getKey());
            long id = id(pointer, entry.getValue());
            if (!used.add(id)) {
                throw wrong(pointer, entry.getValue(), "an id of its own");
            }
            ids.put(entry.getKey(), id);
        }
    }

    private void checkMerges(JsonNode merges) {
        if (!merges.isArray()) {
            throw wrong("/model/merges", merges, "a list");
        }
        for (int i = 0; i < merges.size(); i++) {
            String pointer = "/model/merges/" + i;
            String[] pair = pair(pointer, merges.get(i));
            if (!ids.containsKey(pair[0]) || !ids.containsKey(pair[1]) || !ids.containsKey(pair[0] + pair[1])) {
                throw wrong(pointer, merges.get(i), "two tokens that are in the vocabulary, alone and together");
            }
        }
    }

    private String[] pair(String pointer, JsonNode merge) {
        if (merge.isTextual()) {
            String[] parts = merge.textValue().split(" ", -1);
            if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
                return parts;
            }
        }
        if (merge.isArray()
                && merge.size() == 2
                && merge.get(0).isTextual()
                && merge.get(1).isTextual()) {
            return new String[] {merge.get(0).textValue(), merge.get(1).textValue()};
        }
        throw wrong(pointer, merge, "\"left right\" or [\"left\", \"right\"]");
    }

    private void readAddedTokens(JsonNode tokens) {
        if (!absent(tokens) && (!tokens.isArray() || tokens.size() > MOST_ADDED_TOKENS)) {
            throw wrong("/added_tokens", tokens, "a list of at most " + MOST_ADDED_TOKENS);
        }
        Set<Long> used = new HashSet<>(ids.values());
        for (int i = 0; i < tokens.size(); i++) {
            String pointer = "/added_tokens/" + i;
            JsonNode content = tokens.get(i).path("content");
            if (!content.isTextual() || content.textValue().isEmpty()) {
                throw wrong(pointer + "/content", content, "a token");
            }
            checkLength(pointer + "/content", content.textValue());
            long id = id(pointer + "/id", tokens.get(i).path("id"));
            Long known = ids.putIfAbsent(content.textValue(), id);
            if (known == null ? !used.add(id) : known != id) {
                throw wrong(pointer + "/id", tokens.get(i).path("id"), known == null ? "an unused id" : "id " + known);
            }
        }
    }

    private void checkUnknownToken(JsonNode token) {
        if (!absent(token) && !(token.isTextual() && ids.containsKey(token.textValue()))) {
            throw wrong("/model/unk_token", token, "a token of the vocabulary or null");
        }
    }

    private long id(String pointer, JsonNode id) {
        if (!id.isIntegralNumber()
                || !id.canConvertToLong()
                || id.longValue() < 0
                || id.longValue() >= vocabularySize) {
            throw wrong(pointer, id, "an id from 0 to " + (vocabularySize - 1));
        }
        return id.longValue();
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
