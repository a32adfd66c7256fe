package io.numclip.clip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * Checks the steps around a tokenizer's model: each is of a known kind, and special tokens have their ids in the
 * vocabulary.
 */
final class TokenizerSteps {

    private static final Set<String> NORMALIZERS = Set.of(
            "NFC",
            "NFD",
            "NFKC",
            "NFKD",
            "Replace",
            "Lowercase",
            "Strip",
            "StripAccents",
            "BertNormalizer",
            "ByteLevel");
    private static final Set<String> PRE_TOKENIZERS =
            Set.of("Split", "ByteLevel", "Whitespace", "WhitespaceSplit", "BertPreTokenizer", "Punctuation", "Digits");
    private static final Set<String> POST_PROCESSORS =
            Set.of("RobertaProcessing", "BertProcessing", "TemplateProcessing", "ByteLevel");
    private static final Set<String> DECODERS = Set.of("ByteLevel", "BPEDecoder", "Replace", "Fuse", "Strip");

    private final TokenizerValidator validator;

    TokenizerSteps(TokenizerValidator validator) {
        this.validator = validator;
    }

    void check(JsonNode root) {
        checkStep("/normalizer", root.path("normalizer"), NORMALIZERS, "normalizers");
        checkStep("/pre_tokenizer", root.path("pre_tokenizer"), PRE_TOKENIZERS, "pretokenizers");
        checkStep("/decoder", root.path("decoder"), DECODERS, "decoders");
        checkStep("/post_processor", root.path("post_processor"), POST_PROCESSORS, "processors");
    }

    private void checkStep(String pointer, JsonNode step, Set<String> known, String children) {
        if (TokenizerValidator.absent(step)) {
            return;
        }
        String type = step.path("type").asText();
        if (type.equals("Sequence") && step.path(children).isArray()) {
            for (int i = 0; i < step.get(children).size(); i++) {
                checkStep(pointer + "/" + children + "/" + i, step.get(children).get(i), known, children);
            }
        } else if (!known.contains(type)) {
            String expected = "Sequence or one of " + known.stream().sorted().toList();
            throw validator.wrong(pointer + "/type", step.path("type"), expected);
        } else if (type.equals("RobertaProcessing") || type.equals("BertProcessing")) {
            validator.requireToken(pointer + "/cls", step.at("/cls/0"), step.at("/cls/1"));
            validator.requireToken(pointer + "/sep", step.at("/sep/0"), step.at("/sep/1"));
        } else if (type.equals("TemplateProcessing")) {
            checkTemplate(pointer, step);
        }
    }

    private void checkTemplate(String pointer, JsonNode template) {
        JsonNode special = template.path("special_tokens");
        for (Map.Entry<String, JsonNode> entry : special.properties()) {
            checkSpecialToken(
                    pointer + "/special_tokens/" + TokenizerValidator.escaped(entry.getKey()), entry.getValue());
        }
        for (String side : new String[] {"single", "pair"}) {
            for (JsonNode piece : template.path(side)) {
                JsonNode name = piece.at("/SpecialToken/id");
                if (!name.isMissingNode() && !special.has(name.asText())) {
                    throw validator.wrong(pointer + "/" + side, name, "a name in special_tokens");
                }
            }
        }
    }

    private void checkSpecialToken(String pointer, JsonNode token) {
        JsonNode ids = token.path("ids");
        JsonNode tokens = token.path("tokens");
        if (!ids.isArray() || !tokens.isArray() || ids.size() != tokens.size()) {
            throw validator.wrong(pointer, token, "as many ids as tokens");
        }
        for (int i = 0; i < ids.size(); i++) {
            validator.requireToken(pointer + "/ids/" + i, tokens.get(i), ids.get(i));
        }
    }
}
