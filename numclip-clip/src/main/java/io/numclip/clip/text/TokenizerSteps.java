package io.numclip.clip.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the steps around a tokenizer's model. Each is of a kind that CLIP tokenizers have, and patterns are a closed
 * list: the native library compiles and replaces without limits, so that a pattern can end the process or never end.
 */
final class TokenizerSteps {

    private static final String REPLACE = "Replace";
    private static final String SPLIT = "Split";

    private static final String METASPACE = "Metaspace";
    private static final String PRECOMPILED = "Precompiled";
    private static final String BYTE_LEVEL = "ByteLevel";

    private static final Set<String> NORMALIZERS =
            Set.of("NFC", "NFD", "NFKC", "NFKD", REPLACE, "Lowercase", "Strip", PRECOMPILED);
    private static final Set<String> PRE_TOKENIZERS =
            Set.of(SPLIT, METASPACE, BYTE_LEVEL, "Whitespace", "WhitespaceSplit", "Punctuation", "Digits");
    private static final Set<String> POST_PROCESSORS =
            Set.of("RobertaProcessing", "BertProcessing", "TemplateProcessing", BYTE_LEVEL);

    /** The sign of SentencePiece for a space. */
    private static final String SPACE_SIGN = "\u2581";

    /** White space becomes one space, or spaces the sign for one. */
    private static final Map<JsonNode, Set<String>> REPLACEMENTS = Map.of(
            pattern("Regex", "\\s+"), Set.of(" "),
            pattern("Regex", " {2,}"), Set.of(" ", SPACE_SIGN),
            pattern("String", " "), Set.of(SPACE_SIGN));

    /** Words, one digit each, and other characters; newer conversions name the special tokens too. */
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private static final Set<JsonNode> WORD_PATTERNS = Set.of(
            pattern("Regex", WORDS),
            pattern("Regex", "<\\|startoftext\\|>|<\\|endoftext\\|>|" + WORDS),
            pattern("String", " "));

    private static final int MOST_STEPS = 8;

    /**
     * What each kind of step has beside its type. The native library goes by these names before the type, so that a foreign
     * one makes another step of it.
     */
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry(REPLACE, Set.of("pattern", "content")),
            Map.entry("Strip", Set.of("strip_left", "strip_right")),
            Map.entry(PRECOMPILED, Set.of("precompiled_charsmap")),
            Map.entry(SPLIT, Set.of("pattern", "behavior", "invert")),
            Map.entry(METASPACE, Set.of("replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split")),
            Map.entry(BYTE_LEVEL, Set.of("add_prefix_space", "trim_offsets", "use_regex")),
            Map.entry("Punctuation", Set.of("behavior")),
            Map.entry("Digits", Set.of("individual_digits")),
            Map.entry("RobertaProcessing", Set.of("sep", "cls", "trim_offsets", "add_prefix_space")),
            Map.entry("BertProcessing", Set.of("sep", "cls")),
            Map.entry("TemplateProcessing", Set.of("single", "pair", "special_tokens")));

    private final TokenizerValidator validator;

    TokenizerSteps(TokenizerValidator validator) {
        this.validator = validator;
    }

    void check(JsonNode root) {
        checkSteps("/normalizer", root.path("normalizer"), NORMALIZERS, "normalizers");
        checkSteps("/pre_tokenizer", root.path("pre_tokenizer"), PRE_TOKENIZERS, "pretokenizers");
        checkSteps("/post_processor", root.path("post_processor"), POST_PROCESSORS, "processors");
    }

    private void checkSteps(String pointer, JsonNode step, Set<String> known, String children) {
        if (TokenizerValidator.absent(step)) {
            return;
        }
        if (!step.path("type").asText().equals("Sequence")) {
            checkStep(pointer, step, known, "Sequence or one of ");
            return;
        }
        List<JsonNode> steps = elements(pointer + "/" + children, step.path(children));
        for (int i = 0; i < steps.size(); i++) {
            checkStep(pointer + "/" + children + "/" + i, steps.get(i), known, "one of ");
        }
        keep((ObjectNode) step, Set.of(children));
    }

    private void checkStep(String pointer, JsonNode step, Set<String> known, String expected) {
        String type = step.path("type").asText();
        if (!step.isObject() || !known.contains(type)) {
            throw validator.wrong(
                    pointer + "/type",
                    step.path("type"),
                    expected + known.stream().sorted().toList());
        }
        keep((ObjectNode) step, FIELDS.getOrDefault(type, Set.of()));
        switch (type) {
            case REPLACE -> checkReplace(pointer, step);
            case SPLIT -> checkPattern(pointer, step, WORD_PATTERNS);
            case METASPACE -> checkMetaspace(pointer, step);
            case PRECOMPILED -> checkPrecompiled(pointer, step);
            case "RobertaProcessing", "BertProcessing" -> {
                validator.requireToken(pointer + "/cls", step.at("/cls/0"), step.at("/cls/1"));
                validator.requireToken(pointer + "/sep", step.at("/sep/0"), step.at("/sep/1"));
            }
            case "TemplateProcessing" -> checkTemplate(pointer, step);
            default -> {}
        }
    }

    private static void keep(ObjectNode step, Set<String> fields) {
        List<String> kept = new ArrayList<>(fields);
        kept.add("type");
        step.retain(kept);
    }

    private void checkReplace(String pointer, JsonNode step) {
        checkPattern(pointer, step, REPLACEMENTS.keySet());
        Set<String> contents = REPLACEMENTS.get(step.get("pattern"));
        if (!contents.contains(step.path("content").asText())) {
            throw validator.wrong(
                    pointer + "/content",
                    step.path("content"),
                    String.join(
                            " or ",
                            contents.stream()
                                    .map(each -> '"' + each + '"')
                                    .sorted()
                                    .toList()));
        }
    }

    private void checkMetaspace(String pointer, JsonNode step) {
        for (String key : List.of("replacement", "str_rep")) {
            if (!step.path(key).asText(SPACE_SIGN).equals(SPACE_SIGN)) {
                throw validator.wrong(pointer + "/" + key, step.get(key), '"' + SPACE_SIGN + '"');
            }
        }
    }

    private void checkPrecompiled(String pointer, JsonNode step) {
        JsonNode map = step.path("precompiled_charsmap");
        String text = map.isBinary() || map.isTextual() ? map.asText() : "";
        String fault = CharacterMap.fault(text);
        if (fault != null) {
            throw validator.wrong(pointer + "/precompiled_charsmap", map, "a map of SentencePiece, but " + fault);
        }
    }

    private void checkPattern(String pointer, JsonNode step, Set<JsonNode> known) {
        JsonNode pattern = step.path("pattern");
        if (!known.contains(pattern)) {
            String expected = "one of the patterns of CLIP and SigLIP, "
                    + String.join(
                            " or ",
                            known.stream().map(JsonNode::toString).sorted().toList());
            throw validator.wrong(pointer + "/pattern", pattern, expected);
        }
    }

    private static JsonNode pattern(String kind, String text) {
        return JsonFile.MAPPER.createObjectNode().put(kind, text);
    }

    private void checkTemplate(String pointer, JsonNode template) {
        JsonNode special = template.path("special_tokens");
        if (special.size() > MOST_STEPS) {
            throw validator.wrong(pointer + "/special_tokens", special, "at most " + MOST_STEPS);
        }
        for (Map.Entry<String, JsonNode> entry : special.properties()) {
            checkSpecialToken(
                    pointer + "/special_tokens/" + TokenizerValidator.escaped(entry.getKey()), entry.getValue());
        }
        for (String side : new String[] {"single", "pair"}) {
            for (JsonNode piece : elements(pointer + "/" + side, template.path(side))) {
                JsonNode name = piece.at("/SpecialToken/id");
                if (!name.isMissingNode() && !special.has(name.asText())) {
                    throw validator.wrong(pointer + "/" + side, name, "a name in special_tokens");
                }
            }
        }
    }

    private void checkSpecialToken(String pointer, JsonNode token) {
        List<JsonNode> ids = elements(pointer + "/ids", token.path("ids"));
        List<JsonNode> tokens = elements(pointer + "/tokens", token.path("tokens"));
        if (ids.size() != tokens.size()) {
            throw validator.wrong(pointer, token, "as many ids as tokens");
        }
        for (int i = 0; i < ids.size(); i++) {
            validator.requireToken(pointer + "/ids/" + i, tokens.get(i), ids.get(i));
        }
    }

    /** Of a list that is short, as all lists of a CLIP tokenizer's steps are. */
    private List<JsonNode> elements(String pointer, JsonNode list) {
        if (!list.isArray() || list.size() > MOST_STEPS) {
            throw validator.wrong(pointer, list, "a list of at most " + MOST_STEPS);
        }
        return list.valueStream().toList();
    }
}
