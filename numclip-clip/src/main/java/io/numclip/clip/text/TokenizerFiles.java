package io.numclip.clip.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The tokenizer of a directory as one JSON object: {@code tokenizer.json}; or {@code vocab.json} and {@code merges.txt} in
 * the frame that all CLIP tokenizers share; or {@code spiece.model}; or, where OpenCLIP has it built in, CLIP's own.
 *
 * @param file to name in messages
 * @param settings {@code tokenizer_config.json}, or an empty object where there is none or OpenCLIP does not read it
 */
public record TokenizerFiles(Path file, JsonNode json, JsonNode settings) {

    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String WHOLE = "tokenizer.json";
    private static final String PIECES = "spiece.model";

    /** @param isOwn whether OpenCLIP takes its own vocabulary, without the settings of a directory */
    public static TokenizerFiles of(Path directory, boolean isOwn) throws IOException {
        Path settings = directory.resolve("tokenizer_config.json");
        JsonNode read = Files.exists(settings) && !isOwn
                ? JsonFile.object(settings, JsonFile.bytes(settings, Limit.MODEL_JSON_BYTES))
                : JsonFile.MAPPER.createObjectNode();
        Path whole = directory.resolve(WHOLE);
        if (Files.exists(whole)) {
            return new TokenizerFiles(whole, JsonFile.object(whole, bytes(whole)), read);
        }
        Path vocabulary = directory.resolve("vocab.json");
        if (Files.exists(vocabulary)) {
            JsonNode ids = JsonFile.object(vocabulary, bytes(vocabulary));
            Path merges = directory.resolve("merges.txt");
            JsonNode framed = framed(vocabulary, ids, merges(new String(bytes(merges), StandardCharsets.UTF_8)));
            return new TokenizerFiles(vocabulary, framed, read).complete(directory);
        }
        Path pieces = directory.resolve(PIECES);
        if (Files.exists(pieces)) {
            return new TokenizerFiles(pieces, SentencePieceFile.tokenizer(pieces, bytes(pieces)), read)
                    .complete(directory);
        }
        if (isOwn) {
            return new TokenizerFiles(whole, ClipVocabulary.tokenizer(), read);
        }
        throw new NumClipException(
                Kind.MISSING,
                directory + ": no tokenizer.json, no vocab.json with merges.txt, and no spiece.model",
                "copy tokenizer.json from where the model directory came from");
    }

    /** Where there is no tokenizer.json: this, unless tokens were added to the vocabulary. */
    private TokenizerFiles complete(Path directory) throws IOException {
        for (String token : added(directory)) {
            if (id(token) < 0) {
                throw new NumClipException(
                        Kind.DATA,
                        "%s: token \"%s\" was added to this vocabulary, and only a tokenizer.json says how texts are parted at it"
                                .formatted(file, token),
                        "Write one: AutoTokenizer.from_pretrained(d).save_pretrained(d).");
            }
        }
        return this;
    }

    /** Tokens that a directory has beside its vocabulary, in the files of newer and of older versions of transformers. */
    private List<String> added(Path directory) throws IOException {
        Stream<String> newer = settings.path("added_tokens_decoder")
                .valueStream()
                .map(token -> token.path("content").asText());
        Path older = directory.resolve("added_tokens.json");
        Stream<String> beside = Files.exists(older)
                ? JsonFile.object(older, JsonFile.bytes(older, Limit.MODEL_JSON_BYTES))
                        .propertyStream()
                        .map(Map.Entry::getKey)
                : Stream.of();
        return Stream.concat(newer, beside).toList();
    }

    /** Whether a directory has a tokenizer. */
    public static boolean areIn(Path directory) {
        return Stream.of(WHOLE, "vocab.json", PIECES).anyMatch(name -> Files.exists(directory.resolve(name)));
    }

    private static byte[] bytes(Path file) throws IOException {
        return JsonFile.bytes(file, Limit.TOKENIZER_BYTES);
    }

    public boolean isUnigram() {
        return json.at("/model/type").asText().equals("Unigram");
    }

    /** Whether tokens begin with a sign for the space before them, and are put there by the caller. */
    boolean marksBeginnings() {
        return !isUnigram() && json.at("/model/end_of_word_suffix").asText("").isEmpty();
    }

    /** The end token that the settings or, failing that, the usual names give. */
    long end() {
        return id("eos_token", List.of("</s>", "<eos>"), 1);
    }

    /** The padding token that the settings or, failing that, the usual names give. */
    long pad(long absent) {
        return id("pad_token", isUnigram() ? List.of() : List.of("<pad>"), absent);
    }

    /** The largest id of the vocabulary and of what was added to it. */
    long largest() {
        JsonNode vocabulary = json.at("/model/vocab");
        LongStream ids = isUnigram()
                ? LongStream.of(vocabulary.size() - 1L)
                : vocabulary.valueStream().mapToLong(JsonNode::asLong);
        LongStream added = json.path("added_tokens")
                .valueStream()
                .mapToLong(token -> token.path("id").asLong());
        return LongStream.concat(ids, added).max().orElse(-1);
    }

    private long id(String setting, List<String> usual, long absent) {
        JsonNode named = settings.path(setting);
        String token = named.isObject() ? named.path("content").asText("") : named.asText("");
        List<String> names = token.isEmpty() ? usual : List.of(token);
        return names.stream()
                .mapToLong(this::id)
                .filter(id -> id >= 0)
                .findFirst()
                .orElse(absent);
    }

    /** -1 if there is no such token. */
    private long id(String token) {
        for (JsonNode added : json.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return added.path("id").asLong(-1);
            }
        }
        JsonNode vocabulary = json.at("/model/vocab");
        for (int i = 0; isUnigram() && i < vocabulary.size(); i++) {
            if (vocabulary.get(i).path(0).asText().equals(token)) {
                return i;
            }
        }
        return vocabulary.path(token).asLong(-1);
    }

    /** CLIP's frame around a vocabulary. */
    static JsonNode framed(Path file, JsonNode vocabulary, ArrayNode merges) throws IOException {
        ObjectNode root = frame();
        ObjectNode model = (ObjectNode) root.get("model");
        model.set("vocab", vocabulary);
        model.set("merges", merges);
        addSpecialToken(file, root, vocabulary, START, "cls");
        addSpecialToken(file, root, vocabulary, END, "sep");
        return root;
    }

    /** The lines of {@code merges.txt}. */
    static ArrayNode merges(String text) {
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
