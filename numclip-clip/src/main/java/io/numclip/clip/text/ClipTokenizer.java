package io.numclip.clip.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.TextCleaning;
import io.numclip.data.NumClipException;
import io.numclip.storage.JsonFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Turns texts into the token ids that a text tower reads: words, an end token, and, in most vocabularies, a start token.
 * What stands before the words and how texts are cleaned belongs to the directory. Thread-safe.
 */
public final class ClipTokenizer implements AutoCloseable {

    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");
    private static final long NONE = -1;
    private static final String ANY_WORD = "a";

    private final HuggingFaceTokenizer tokenizer;
    private final TextCleaning cleaning;
    private final SpecialTokens special;
    private final int contextLength;
    private final ClipConfig.TextForm form;

    /**
     * @param start {@link #NONE} if there is none
     * @param joined what stands between two words, before they are tokenized
     */
    private record SpecialTokens(long start, long end, long pad, String joined) {}

    private ClipTokenizer(
            HuggingFaceTokenizer tokenizer,
            TextCleaning cleaning,
            SpecialTokens special,
            int contextLength,
            ClipConfig.TextForm form) {
        this.tokenizer = tokenizer;
        this.cleaning = cleaning;
        this.special = special;
        this.contextLength = contextLength;
        this.form = form;
    }

    /**
     * Loads the tokenizer of a CLIP in a directory that may lack a configuration: {@code tokenizer.json}, or
     * {@code vocab.json} and {@code merges.txt} where a directory has only these.
     *
     * @param contextLength L, the length of the longest sequence, including both special tokens
     * @throws io.numclip.data.NumClipException if a file is missing or damaged; native code never sees such a file
     */
    public static ClipTokenizer load(Path directory, int contextLength) throws IOException {
        return load(directory, contextLength, Integer.MAX_VALUE);
    }

    /** @param vocabularySize rows of the token embedding: each id must be below it */
    public static ClipTokenizer load(Path directory, int contextLength, int vocabularySize) throws IOException {
        TokenizerFiles files = TokenizerFiles.of(directory, false);
        return load(files, TextCleaning.NONE, contextLength, vocabularySize, ClipConfig.TextForm.CLIP);
    }

    /**
     * Loads the tokenizer that belongs to the text tower of a directory.
     *
     * @throws io.numclip.data.NumClipException if a file is missing or damaged, or does not fit the configuration
     */
    public static ClipTokenizer load(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        ClipConfig.Text text = clip.config().text();
        TokenizerFiles files = TokenizerFiles.of(directory, clip.hasOwnVocabulary());
        TextCleaning cleaning = clip.cleaning(files.isUnigram());
        ClipTokenizer tokenizer = load(files, cleaning, text.contextLength(), text.vocabSize(), text.form());
        try {
            clip.requireEnd(tokenizer.endId(), files.largest());
            return tokenizer;
        } catch (NumClipException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static ClipTokenizer load(
            TokenizerFiles files,
            TextCleaning cleaning,
            int contextLength,
            int vocabularySize,
            ClipConfig.TextForm form)
            throws IOException {
        if (contextLength < 2) {
            throw new IllegalArgumentException("the context must hold 2 special tokens; found " + contextLength);
        }
        JsonNode checked = TokenizerValidator.checked(files.file(), files.json(), vocabularySize);
        HuggingFaceTokenizer tokenizer = open(files.file(), checked);
        try {
            SpecialTokens special = special(files, tokenizer, form);
            return new ClipTokenizer(tokenizer, cleaning, special, contextLength, form);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** A vocabulary that marks the beginning of words, and not their end, needs the space before a word. */
    private static SpecialTokens special(
            TokenizerFiles files, HuggingFaceTokenizer tokenizer, ClipConfig.TextForm form) {
        long[] around = tokenizer.encode("", true, false).getIds();
        String joined = files.marksBeginnings() ? " " : "";
        if (around.length == 2) {
            return new SpecialTokens(around[0], around[1], files.pad(form.seesPadding() ? 0 : around[1]), joined);
        }
        if (around.length > 2 || form.causal()) {
            throw JsonFile.damaged(
                    files.file(),
                    "/post_processor: expected a start and an end token around a text, found " + around.length);
        }
        long end = around.length == 1 ? around[0] : files.end();
        return new SpecialTokens(NONE, end, files.pad(end), joined);
    }

    /**
     * Ids with the special tokens; longer texts are cut to the context length, with the end token kept. Padded to the context
     * length where that changes the features, else not padded.
     */
    public long[] encode(String text) {
        long[] words = encodeWords(text);
        LongStream start = special.start() == NONE ? LongStream.empty() : LongStream.of(special.start());
        long[] ids = LongStream.concat(start, LongStream.concat(Arrays.stream(words), LongStream.of(special.end())))
                .toArray();
        int length = form.seesPadding() ? contextLength : Math.min(ids.length, contextLength);
        long[] result = Arrays.copyOf(ids, length);
        if (ids.length > length) {
            result[length - 1] = special.end();
        } else {
            Arrays.fill(result, ids.length, length, special.pad());
        }
        return result;
    }

    /** How many ids a text has before {@link #encode} cuts it, special tokens among them. */
    public int wholeLength(String text) {
        return encodeWords(text).length + (special.start() == NONE ? 1 : 2);
    }

    /** L. */
    public int contextLength() {
        return contextLength;
    }

    /** The position of the token that stands for a text. */
    public int pooledPosition(long[] ids) {
        int end = 0;
        while (!form.pooledLast() && end < ids.length - 1 && ids[end] != special.end()) {
            end++;
        }
        return form.pooledLast() ? ids.length - 1 : end;
    }

    /** All ids of the words, without special tokens. */
    public long[] encodeWords(String text) {
        return ids(cleaning.apply(text));
    }

    /** The same for words, or for punctuation, that follow a word in a sentence. */
    public long[] encodeNextWords(String text) {
        String clean = cleaning.apply(text);
        boolean isWord = !clean.isEmpty() && Character.isLetterOrDigit(clean.charAt(0));
        return isWord ? ids(special.joined() + clean) : idsAfterWord(clean);
    }

    /** Some vocabularies put the sign of a space before any text, also before punctuation; before a word it is known. */
    private long[] idsAfterWord(String punctuation) {
        long[] word = ids(ANY_WORD);
        long[] both = ids(ANY_WORD + punctuation);
        boolean isKept = both.length >= word.length && Arrays.equals(word, Arrays.copyOf(both, word.length));
        return isKept ? Arrays.copyOfRange(both, word.length, both.length) : ids(punctuation);
    }

    private long[] ids(String clean) {
        return tokenizer.encode(clean, false, false).getIds();
    }

    /** Whether a word at the beginning of a text has other tokens than behind another word. */
    public boolean marksBeginnings() {
        return !special.joined().isEmpty();
    }

    public boolean hasStart() {
        return special.start() != NONE;
    }

    /** The start token, or the end token if there is no start. */
    public long startId() {
        return hasStart() ? special.start() : special.end();
    }

    public long endId() {
        return special.end();
    }

    /** What fills the context after the end token. */
    public long padId() {
        return special.pad();
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
}
