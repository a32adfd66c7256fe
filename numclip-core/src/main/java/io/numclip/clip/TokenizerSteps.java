package io.numclip.clip;

import com.fasterxml.jackson.databind.JsonNode;
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

    private static final Set<String> NORMALIZERS = Set.of("NFC", "NFD", "NFKC", "NFKD", REPLACE, "Lowercase");
    private static final Set<String> PRE_TOKENIZERS =
            Set.of(SPLIT, "ByteLevel", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits");
    private static final Set<String> POST_PROCESSORS =
            Set.of("RobertaProcessing", "BertProcessing", "TemplateProcessing", "ByteLevel");
    private static final Set<String> DECODERS = Set.of("ByteLevel", "BPEDecoder", REPLACE, "Fuse", "Strip");

    /** White space becomes one space. */
    private static final String SPACES = "\\s+";

    /** Words, one digit each, and other characters; newer conversions name the special tokens too. */
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private static final Set<String> WORD_PATTERNS = Set.of(WORDS, "<\\|startoftext\\|>|<\\|endoftext\\|>|" + WORDS);

    private static final int MOST_STEPS = 8;

    private final TokenizerValidator validator;

    TokenizerSteps(TokenizerValidator validator) {
        this.validator = validator;
    }

    void check(JsonNode root) {
        checkSteps("/normalizer", root.path("normalizer"), NORMALIZERS, "normalizers");
        checkSteps("/pre_tokenizer", root.path("pre_tokenizer"), PRE_TOKENIZERS, "pretokenizers");
        checkSteps("/decoder", root.path("decoder"), DECODERS, "decoders");
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
    }

    private void checkStep(String pointer, JsonNode step, Set<String> known, String expected) {
        String type = step.path("type").asText();
        if (!step.isObject() || !known.contains(type)) {
            throw validator.wrong(
                    pointer + "/type",
                    step.path("type"),
                    expected + known.stream().sorted().toList());
        }
        switch (type) {
            case REPLACE -> checkReplace(pointer, step);
            case SPLIT -> checkPattern(pointer, step, WORD_PATTERNS);
            case "RobertaProcessing", "BertProcessing" -> {
                validator.requireToken(pointer + "/cls", step.at("/cls/0"), step.at("/cls/1"));
                validator.requireToken(pointer + "/sep", step.at("/sep/0"), step.at("/sep/1"));
            }
            case "TemplateProcessing" -> checkTemplate(pointer, step);
            default -> {}
        }
    }

    private void checkReplace(String pointer, JsonNode step) {
        checkPattern(pointer, step, Set.of(SPACES));
        if (!step.path("content").asText().equals(" ")) {
            throw validator.wrong(pointer + "/content", step.path("content"), "\" \"");
        }
    }

    private void checkPattern(String pointer, JsonNode step, Set<String> known) {
        JsonNode pattern = step.path("pattern");
        if (pattern.size() != 1 || !known.contains(pattern.path("Regex").asText())) {
            String expected = "{\"Regex\": …} with one of CLIP's own, "
                    + String.join(" or ", known.stream().sorted().toList());
            throw validator.wrong(pointer + "/pattern", pattern, expected);
        }
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
