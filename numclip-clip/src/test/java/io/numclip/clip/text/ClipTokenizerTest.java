package io.numclip.clip.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.data.RefusalAssert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {

    private static final Path RESOURCES = Path.of("../numclip-core/src/test/resources");
    private static final Path MODEL = RESOURCES.resolve("golden/clip-tiny-random");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SMALL = """
            {"added_tokens": [{"id": 4, "content": "<end>", "special": true, "single_word": false,
               "lstrip": false, "rstrip": false, "normalized": false}],
             "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
             "post_processor": {"type": "BertProcessing", "cls": ["<start>", 3], "sep": ["<end>", 4]},
             "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "<start>": 3, "<end>": 4}, "merges": ["a b"]}}
            """;

    @TempDir
    Path directory;

    @Test
    void idsEqualThoseOfTheGoldenTexts() throws IOException {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(MODEL, 77)) {
            for (JsonNode text : json("golden/clip-parity.json").get("texts")) {
                assertThat(tokenizer.encode(text.get("text").asText()))
                        .as(text.get("text").asText())
                        .containsExactly(longs(text.get("input_ids")));
            }
        }
    }

    @Test
    void whatIsCutOffIsKnown() throws IOException {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(MODEL, 77)) {
            String text = "! ".repeat(100);
            assertThat(tokenizer.encode(text))
                    .hasSize(tokenizer.contextLength())
                    .hasSize(77);
            assertThat(tokenizer.wholeLength(text)).isEqualTo(102);
            assertThat(tokenizer.wholeLength("!")).isEqualTo(tokenizer.encode("!").length);
        }
    }

    @Test
    void idsEqualThoseOfTransformersForOddTexts() throws IOException {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(MODEL, 77)) {
            assertEqualToTransformers(tokenizer);
        }
    }

    @Test
    void vocabularyAndMergesAloneGiveTheSameIds() throws IOException {
        JsonNode model = json("golden/clip-tiny-random/tokenizer.json").get("model");
        MAPPER.writeValue(directory.resolve("vocab.json").toFile(), model.get("vocab"));
        Files.writeString(directory.resolve("merges.txt"), "#version: 0.2\n" + lines(model.get("merges")));

        try (ClipTokenizer tokenizer = ClipTokenizer.load(directory, 77)) {
            assertEqualToTransformers(tokenizer);
        }
    }

    /** transformers keeps them in one of two files, by its version; tokens of the vocabulary itself stand there too. */
    @Test
    void tokensThatWereAddedToAVocabularyAloneAreRefused() throws IOException {
        JsonNode model = json("golden/clip-tiny-random/tokenizer.json").get("model");
        MAPPER.writeValue(directory.resolve("vocab.json").toFile(), model.get("vocab"));
        Files.writeString(directory.resolve("merges.txt"), lines(model.get("merges")));
        Path settings = directory.resolve("tokenizer_config.json");
        String one = "{'added_tokens_decoder': {'49407': {'content': '%s', 'lstrip': false}}}".replace('\'', '"');
        Files.writeString(settings, one.formatted("<|endoftext|>"));
        ClipTokenizer.load(directory, 77).close();
        String reason = directory.resolve("vocab.json") + ": token \"<|pet|>\" was added to this vocabulary";
        Files.writeString(settings, one.formatted("<|pet|>"));
        assertThatThrownBy(() -> ClipTokenizer.load(directory, 77)).hasMessageStartingWith(reason);
        Files.delete(settings);
        Files.writeString(directory.resolve("added_tokens.json"), "{\"<|pet|>\": 49408}");
        assertThatThrownBy(() -> ClipTokenizer.load(directory, 77)).hasMessageStartingWith(reason);
    }

    @Test
    void mergesAsStringsGiveTheSameIds() throws IOException {
        try (ClipTokenizer tokenizer = loadChanged(json("golden/clip-tiny-random/tokenizer.json"), root -> {
            ObjectNode model = (ObjectNode) root.get("model");
            ArrayNode merges = MAPPER.createArrayNode();
            lines(model.get("merges")).lines().forEach(merges::add);
            model.set("merges", merges);
        })) {
            assertEqualToTransformers(tokenizer);
        }
    }

    @Test
    void exportedPaddingAndTruncationAreSwitchedOff() throws IOException {
        try (ClipTokenizer tokenizer = loadChanged(MAPPER.readTree(SMALL), root -> {
            root.putObject("truncation").put("max_length", 3).put("stride", 0).put("strategy", "LongestFirst");
            root.putObject("padding").put("strategy", "nonsense");
        })) {
            assertThat(tokenizer.encode("abba")).containsExactly(3, 2, 1, 0, 4);
        }
    }

    @Test
    void aTextIsCutToTheContextWithItsEndTokenKept() throws IOException {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(MODEL, 4)) {
            assertThat(tokenizer.encode("a photo of a child")).containsExactly(49406, 320, 1125, 49407);
            assertThat(tokenizer.encodeWords("a photo of a child")).containsExactly(320, 1125, 539, 320, 2913);
            assertThat(tokenizer.startId()).isEqualTo(49406);
            assertThat(tokenizer.endId()).isEqualTo(49407);
        }
    }

    @Test
    void aMissingTokenizerNamesTheFilesLookedFor() {
        RefusalAssert.assertRefused(NumClipException.Kind.MISSING, () -> ClipTokenizer.load(directory, 77))
                .hasMessage(directory + ": no tokenizer.json, no vocab.json with merges.txt, and no spiece.model");
    }

    @Test
    void idsBeyondTheEmbeddingAreRefused() {
        assertThatThrownBy(() -> ClipTokenizer.load(MODEL, 77, 100))
                .isInstanceOf(NumClipException.class)
                .hasMessageEndingWith("expected an id from 0 to 99, found 100");
    }

    @Test
    void hostileFilesAreRefusedBeforeNativeCode() throws IOException {
        assertRefused(
                root -> model(root).put("type", "WordPiece"),
                "/model/type: expected \"BPE\" or \"Unigram\", found \"WordPiece\"");
        assertRefused(
                root -> model(root).put("continuing_subword_prefix", "##"),
                "/model/continuing_subword_prefix: expected \"\" or null, found \"##\"");
        assertRefused(
                root -> model(root).put("end_of_word_suffix", 3),
                "/model/end_of_word_suffix: expected a string or null, found 3");
        assertRefused(
                root -> model(root).put("dropout", 0.1),
                "/model/dropout: expected null, so that a text always has the same ids, found 0.1");
        assertRefused(
                root -> model(root).put("unk_token", "<unk>"),
                "/model/unk_token: expected a token of the vocabulary or null, found \"<unk>\"");
        assertRefused(
                root -> vocabulary(root).put("a/b", -1), "/model/vocab/a~1b: expected an id from 0 to 5, found -1");
        assertRefused(
                root -> vocabulary(root).put("odd", 1.5), "/model/vocab/odd: expected an id from 0 to 5, found 1.5");
        assertRefused(root -> vocabulary(root).put("odd", 2), "/model/vocab/odd: expected an id of its own, found 2");
        assertRefused(root -> model(root).put("vocab", "x"), "/model/vocab: expected tokens with ids, found \"x\"");
        assertRefused(
                root -> merges(root).insert(0, "a zzzz"),
                "/model/merges/0: expected two tokens that are in the vocabulary, alone and together, found \"a zzzz\"");
        assertRefused(
                root -> merges(root).insert(0, "a b c"),
                "/model/merges/0: expected \"left right\" or [\"left\", \"right\"], found \"a b c\"");
        assertRefused(
                root -> merges(root).insert(1, 7),
                "/model/merges/1: expected \"left right\" or [\"left\", \"right\"], found 7");
    }

    @Test
    void hostileStepsAreRefusedBeforeNativeCode() throws IOException {
        assertRefused(
                root -> root.putArray("added_tokens").addObject().put("id", 3).put("content", "<end>"),
                "/added_tokens/0/id: expected id 4, found 3");
        assertRefused(
                root -> root.putArray("added_tokens").addObject().put("id", 3).put("content", "new"),
                "/added_tokens/0/id: expected an unused id, found 3");
        assertRefused(
                root -> ((ArrayNode) root.at("/post_processor/sep"))
                        .set(1, MAPPER.getNodeFactory().numberNode(2)),
                "/post_processor/sep: expected id 4 of \"<end>\", found 2");
        assertRefused(root -> root.putNull("post_processor"), "/post_processor: expected a start and an end token");
        assertRefused(
                root -> root.putObject("normalizer").put("type", "Unknown"), "/normalizer/type: expected Sequence or");
    }

    /** The native library takes a step with the fields of a template for one, whatever its type, and ended the process. */
    @Test
    void aStepHasOnlyTheFieldsOfItsType() throws IOException {
        String fields =
                "\"single\": [{\"SpecialToken\": {\"id\": \"none\", \"type_id\": 0}}], \"pair\": [], \"special_tokens\": {}";
        for (String type : List.of(
                "\"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true",
                "\"Sequence\", \"processors\": []")) {
            JsonNode step = MAPPER.readTree("{\"type\": " + type + ", " + fields + "}");
            assertRefused(
                    root -> root.set("post_processor", step), "/post_processor: expected a start and an end token");
        }
    }

    /** Each of these ended the process, or did not end, in native code. */
    @Test
    void patternsThatAreNotOfClipAreRefusedBeforeNativeCode() throws IOException {
        String expected = "expected one of the patterns of CLIP and SigLIP, {\"Regex\":\"";
        assertRefused(
                root -> root.set("pre_tokenizer", split("(".repeat(20_000) + ")".repeat(20_000))),
                "/pre_tokenizer/pattern: " + expected + "'s|'t|'re|'ve|'m|'ll|'d|");
        assertRefused(
                root -> root.set("normalizer", replace("String", "", "xx")),
                "/normalizer/pattern: " + expected + " {2,}\"} or {\"Regex\":\"\\\\s+\"} or");
        assertRefused(
                root -> root.set("normalizer", replace("String", "a", "aa")),
                "/normalizer/pattern: " + expected + " {2,}\"} or {\"Regex\":\"\\\\s+\"} or");
        assertRefused(
                root -> root.set("normalizer", replace("Regex", "\\s+", "  ")),
                "/normalizer/content: expected \" \", found \"  \"");
        assertRefused(
                root -> {
                    ArrayNode chain =
                            root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
                    for (int i = 0; i < 30; i++) {
                        chain.add(replace("Regex", "\\s+", " "));
                    }
                },
                "/normalizer/normalizers: expected a list of at most 8, found [{");
    }

    @Test
    void nestedAndHugeStepsAreRefusedBeforeNativeCode() throws IOException {
        assertRefused(
                root -> {
                    ArrayNode outer = root.putObject("pre_tokenizer")
                            .put("type", "Sequence")
                            .putArray("pretokenizers");
                    outer.addObject().put("type", "Sequence").putArray("pretokenizers");
                },
                "/pre_tokenizer/pretokenizers/0/type: expected one of [ByteLevel, Digits, Metaspace, Punctuation, Split,");
        assertRefused(
                root -> vocabulary(root).put("x".repeat(257), 5),
                "/model/vocab: expected at most 256 characters in a token, found \"xxx");
        assertRefused(
                root -> model(root).put("end_of_word_suffix", "x".repeat(257)),
                "/model/end_of_word_suffix: expected at most 256 characters in a token, found \"xxx");
        assertRefused(
                root -> root.putArray("added_tokens").addObject().put("id", 5).put("content", "x".repeat(257)),
                "/added_tokens/0/content: expected at most 256 characters in a token, found \"xxx");
    }

    @Test
    void bothPatternsOfClipAreAccepted() throws IOException {
        String words = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
        try (ClipTokenizer tokenizer = loadChanged(json("golden/clip-tiny-random/tokenizer.json"), root -> {
            ObjectNode split = (ObjectNode) root.at("/pre_tokenizer/pretokenizers/0");
            assertThat(split.at("/pattern/Regex").asText()).endsWith("<|endoftext\\|>|".replace("<|", "<\\|") + words);
            split.putObject("pattern").put("Regex", words);
        })) {
            assertEqualToTransformers(tokenizer);
        }
    }

    @Test
    void hostileUnigramModelsAreRefusedBeforeNativeCode() throws IOException {
        assertUnigramRefused(
                root -> model(root).put("unk_id", 3), "/model/unk_id: expected the id of a token, found 3");
        assertUnigramRefused(root -> model(root).remove("unk_id"), "/model/unk_id: expected the id of a token, found");
        assertUnigramRefused(
                root -> ((ArrayNode) root.at("/model/vocab")).addArray().add("").add(0),
                "/model/vocab/3: expected [token, number], found [\"\",0]");
        assertUnigramRefused(
                root -> ((ArrayNode) root.at("/model/vocab"))
                        .addArray()
                        .add("x")
                        .add(1e300),
                "/model/vocab/3: expected [token, number], found [\"x\",1.0E300]");
        assertUnigramRefused(
                root -> ((ObjectNode) root.at("/pre_tokenizer")).put("replacement", "xx"),
                "/pre_tokenizer/replacement: expected \"\u2581\", found \"xx\"");
    }

    /** Native code follows these tables without looking where they lead. */
    @Test
    void mapsOfCharactersThatLeadOutAreRefusedBeforeNativeCode() throws IOException {
        assertMapRefused("!", "it is not base64");
        assertMapRefused(encoded(), "it ends early");
        assertMapRefused(encoded(400, 0), "its table has 400 bytes, and 4 follow");
        int[] table = new int[257];
        table[0] = 1024;
        table[1] = 1 << 20;
        assertMapRefused(encoded(table), "unit 0 leads out of its table");
        table[1] = 0x8000_0000 | 9;
        assertMapRefused(encoded(table), "unit 0 leads out of its strings");
        table[1] = 0;
        assertThat(CharacterMap.fault(encoded(table))).isNull();
    }

    private static String encoded(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private void assertMapRefused(String map, String reason) {
        assertUnigramRefused(
                root -> root.putObject("normalizer").put("type", "Precompiled").put("precompiled_charsmap", map),
                "/normalizer/precompiled_charsmap: expected a map of SentencePiece, but " + reason);
    }

    private void assertUnigramRefused(Consumer<ObjectNode> change, String reason) {
        String unigram = "{'model': {'type': 'Unigram', 'unk_id': 2, 'vocab': [['<s>', 0], ['</s>', 0], ['<unk>', 0]]},"
                + " 'pre_tokenizer': {'type': 'Metaspace', 'replacement': '\u2581', 'prepend_scheme': 'always'}}";
        assertThatThrownBy(() -> loadChanged(MAPPER.readTree(unigram.replace('\'', '"')), change)
                        .close())
                .isInstanceOf(NumClipException.class)
                .hasMessageStartingWith(directory.resolve("tokenizer.json") + ": " + reason);
    }

    private static ObjectNode split(String regex) {
        ObjectNode step = MAPPER.createObjectNode().put("type", "Split").put("behavior", "Removed");
        step.put("invert", true).putObject("pattern").put("Regex", regex);
        return step;
    }

    private static ObjectNode replace(String kind, String pattern, String content) {
        ObjectNode step = MAPPER.createObjectNode().put("type", "Replace").put("content", content);
        step.putObject("pattern").put(kind, pattern);
        return step;
    }

    @Test
    void brokenJsonIsRefusedWithItsLine() throws IOException {
        assertTextRefused("{\"model\": {\n\"vocab\": {\"a\": 0, \"a\": 1}}}", "not valid JSON:2: Duplicate field 'a'");
        assertTextRefused("{\"model\":\n", "not valid JSON:2: Unexpected end-of-input");
        assertTextRefused("[]", "expected a JSON object");
        assertTextRefused("{\"a\":" + "[".repeat(100), "too many levels, the limit json.depth is 64");
        assertTextRefused(" ".repeat((80 << 20) + 1), "too many bytes, the limit tokenizer.bytes is 83,886,080");
    }

    @Test
    void brokenJsonIsToldWithoutThePlacesOfTheLibrary() throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), "{");
        assertThatThrownBy(() -> ClipTokenizer.load(directory, 77, 49408))
                .hasMessageEndingWith("not valid JSON:1: Unexpected end-of-input: expected close marker for Object");
    }

    private void assertTextRefused(String text, String reason) throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), text);
        RefusalAssert.assertRefused(NumClipException.Kind.DATA, () -> ClipTokenizer.load(directory, 77, 49408))
                .hasMessageStartingWith(directory.resolve("tokenizer.json") + ": ")
                .hasMessageContaining(reason);
    }

    private void assertRefused(Consumer<ObjectNode> change, String reason) {
        RefusalAssert.assertRefused(
                        NumClipException.Kind.DATA,
                        () -> loadChanged(MAPPER.readTree(SMALL), change).close())
                .hasMessageStartingWith(directory.resolve("tokenizer.json") + ": " + reason);
    }

    private ClipTokenizer loadChanged(JsonNode root, Consumer<ObjectNode> change) throws IOException {
        change.accept((ObjectNode) root);
        MAPPER.writeValue(directory.resolve("tokenizer.json").toFile(), root);
        return ClipTokenizer.load(directory, 77, root.at("/model/vocab").size());
    }

    private static void assertEqualToTransformers(ClipTokenizer tokenizer) throws IOException {
        for (JsonNode text : json("parity/tokenizer.json")) {
            String shown = text.get("text").toString();
            assertThat(tokenizer.encode(text.get("text").asText())).as(shown).containsExactly(longs(text.get("ids")));
            assertThat(tokenizer.encodeWords(text.get("text").asText()))
                    .as(shown)
                    .containsExactly(longs(text.get("words")));
        }
    }

    private static JsonNode json(String resource) throws IOException {
        return MAPPER.readTree(RESOURCES.resolve(resource).toFile());
    }

    private static String lines(JsonNode merges) {
        return StreamSupport.stream(merges.spliterator(), false)
                .map(merge -> merge.get(0).asText() + " " + merge.get(1).asText())
                .collect(Collectors.joining("\n"));
    }

    private static ObjectNode model(ObjectNode root) {
        return (ObjectNode) root.get("model");
    }

    private static ObjectNode vocabulary(ObjectNode root) {
        return (ObjectNode) model(root).get("vocab");
    }

    private static ArrayNode merges(ObjectNode root) {
        return (ArrayNode) model(root).get("merges");
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
