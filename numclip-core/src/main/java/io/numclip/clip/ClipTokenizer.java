package io.numclip.clip;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.NumClipException;
import io.numclip.storage.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** CLIP's byte-pair tokenizer: lower case, NFC, a start and an end token. Thread-safe. */
public final class ClipTokenizer implements AutoCloseable {

    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final int contextLength;
    private final long startId;
    private final long endId;

    private ClipTokenizer(HuggingFaceTokenizer tokenizer, int contextLength, long startId, long endId) {
        this.tokenizer = tokenizer;
        this.contextLength = contextLength;
        this.startId = startId;
        this.endId = endId;
    }

    /**
     * Loads {@code tokenizer.json}, or {@code vocab.json} and {@code merges.txt} where a directory has only these. Ids
     * must fit the vocabulary size of {@code config.json}, if there is one.
     *
     * @param contextLength L, the length of the longest sequence, including both special tokens
     * @throws io.numclip.data.NumClipException if a file is missing or damaged; native code never sees such a file
     */
    public static ClipTokenizer load(Path directory, int contextLength) throws IOException {
        return load(directory, contextLength, vocabularySize(directory));
    }

    /** @param vocabularySize rows of the token embedding: each id must be below it */
    public static ClipTokenizer load(Path directory, int contextLength, int vocabularySize) throws IOException {
        if (contextLength < 2) {
            throw new IllegalArgumentException("the context must hold 2 special tokens; found " + contextLength);
        }
        Path file = TokenizerFiles.main(directory);
        JsonNode checked = TokenizerValidator.checked(file, TokenizerFiles.read(directory), vocabularySize);
        HuggingFaceTokenizer tokenizer = open(file, checked);
        long[] special = tokenizer.encode("", true, false).getIds();
        if (special.length != 2) {
            tokenizer.close();
            throw JsonFile.damaged(
                    file, "/post_processor: expected a start and an end token around a text, found " + special.length);
        }
        return new ClipTokenizer(tokenizer, contextLength, special[0], special[1]);
    }

    /**
     * Ids with start and end token, not padded; longer texts are cut to the context length, with the end token kept.
     */
    public long[] encode(String text) {
        long[] ids = tokenizer.encode(text, true, false).getIds();
        if (ids.length <= contextLength) {
            return ids;
        }
        long[] cut = Arrays.copyOf(ids, contextLength);
        cut[contextLength - 1] = endId;
        return cut;
    }

    /** All ids of the words, without special tokens. */
    public long[] encodeWords(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    public long startId() {
        return startId;
    }

    public long endId() {
        return endId;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static HuggingFaceTokenizer open(Path file, JsonNode json) throws IOException {
        byte[] bytes = JsonFile.MAPPER.writeValueAsBytes(json);
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS);
        } catch (RuntimeException e) {
            String reason = NumClipException.firstLine(e);
            throw JsonFile.damaged(file, "the tokenizer library rejects it: " + reason);
        }
    }

    private static int vocabularySize(Path directory) throws IOException {
        Path file = directory.resolve("config.json");
        if (!Files.exists(file)) {
            return Integer.MAX_VALUE;
        }
        JsonNode size = JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES))
                .at("/text_config/vocab_size");
        return size.canConvertToInt() && size.intValue() > 0 ? size.intValue() : Integer.MAX_VALUE;
    }
}
