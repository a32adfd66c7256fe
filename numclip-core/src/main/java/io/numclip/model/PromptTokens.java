package io.numclip.model;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The row of each token of each sentence in a table of embeddings. The rows of the table are start token, full stop, end
 * token and padding, then the tokens of the contexts, then those of the concepts, each with room for the longest. Notation: S
 * sentences, R different concepts.
 */
final class PromptTokens {

    private static final int START = 0;
    private static final int FULL_STOP = 1;
    private static final int END = 2;
    private static final int PADDING = 3;
    private static final int FIRST_CONTEXT = 4;

    final long[] fixed;
    final long[] context;
    final List<long[]> concepts;
    final int longestConcept;
    final int length;
    final long[] endPositions;
    /** (B) what all sentences begin with, up to the concept: empty where tokens see those after them. */
    final long[] beginning;
    /** (S, length − B) the rest, row by row, padded. */
    final long[] rest;

    private final boolean hasStart;
    private final boolean hasFullStop;
    private final boolean causal;

    private final Map<PromptSentences.Piece, Rows> contexts = new LinkedHashMap<>();

    /** Consecutive rows of the table. */
    private record Rows(int first, int count) {

        void addTo(List<Integer> sentence) {
            for (int i = 0; i < count; i++) {
                sentence.add(first + i);
            }
        }
    }

    PromptTokens(PromptSentences sentences, ClipTokenizer tokenizer, ClipConfig.Text text) {
        int contextLength = text.contextLength();
        causal = text.form().causal();
        hasStart = tokenizer.hasStart();
        long[] fullStop = tokenizer.encodeNextWords(".");
        hasFullStop = fullStop.length > 0;
        fixed = new long[] {
            tokenizer.startId(), hasFullStop ? fullStop[0] : tokenizer.endId(), tokenizer.endId(), tokenizer.padId()
        };
        context = contextIds(sentences, tokenizer);
        concepts = IntStream.range(0, sentences.concepts().size())
                .mapToObj(r -> words(tokenizer, sentences.concepts().get(r), sentences.isFirst(r)))
                .toList();
        longestConcept = concepts.stream().mapToInt(ids -> ids.length).max().orElse(0);
        List<List<Integer>> places = new ArrayList<>();
        for (int s = 0; s < sentences.size(); s++) {
            places.add(places(sentences, s));
        }
        int longest = places.stream().mapToInt(List::size).max().orElse(0);
        if (longest > contextLength) {
            throw tooLong(sentences, places, contextLength);
        }
        length = text.form().seesPadding() ? contextLength : longest;
        endPositions = places.stream()
                .mapToLong(sentence -> text.form().pooledLast() ? contextLength - 1 : sentence.size() - 1)
                .toArray();
        int begun = causal ? shared(places) : 0;
        beginning = places.get(0).subList(0, begun).stream()
                .mapToLong(Integer::longValue)
                .toArray();
        rest = padded(places, begun);
    }

    private int shared(List<List<Integer>> sentences) {
        int count = 0;
        while (isShared(sentences, count)) {
            count++;
        }
        return count;
    }

    private boolean isShared(List<List<Integer>> sentences, int place) {
        int row = sentences.get(0).get(place);
        boolean begins = row != FULL_STOP && row != END && row < FIRST_CONTEXT + context.length;
        return begins && sentences.stream().allMatch(sentence -> place < sentence.size() && sentence.get(place) == row);
    }

    private long[] contextIds(PromptSentences sentences, ClipTokenizer tokenizer) {
        List<long[]> all = new ArrayList<>();
        int next = FIRST_CONTEXT;
        for (PromptSentences.Piece piece : sentences.contexts()) {
            long[] ids = words(tokenizer, piece.words(), piece.before());
            contexts.put(piece, new Rows(next, ids.length));
            all.add(ids);
            next += ids.length;
        }
        return all.stream().flatMapToLong(Arrays::stream).toArray();
    }

    private static long[] words(ClipTokenizer tokenizer, String words, boolean isFirst) {
        return isFirst ? tokenizer.encodeWords(words) : tokenizer.encodeNextWords(words);
    }

    private List<Integer> places(PromptSentences sentences, int s) {
        List<Integer> words = new ArrayList<>();
        rows(sentences.before(s)).addTo(words);
        int parted = words.size();
        rows(sentences.after(s)).addTo(words);
        int place = sentences.isHalved() ? words.size() / 2 : parted;
        List<Integer> sentence = new ArrayList<>(hasStart ? List.of(START) : List.of());
        sentence.addAll(words.subList(0, place));
        concept(sentences, s).addTo(sentence);
        sentence.addAll(words.subList(place, words.size()));
        sentence.addAll(hasFullStop ? List.of(FULL_STOP, END) : List.of(END));
        return sentence;
    }

    private Rows rows(PromptSentences.Piece piece) {
        return contexts.getOrDefault(piece, new Rows(0, 0));
    }

    /** An interpolated concept is as long as the longest. */
    private Rows concept(PromptSentences sentences, int s) {
        int firstConcept = FIRST_CONTEXT + context.length;
        if (sentences.isMixed()) {
            return new Rows(firstConcept + s * longestConcept, longestConcept);
        }
        int index = sentences.concept(s);
        return new Rows(firstConcept + index * longestConcept, concepts.get(index).length);
    }

    private long[] padded(List<List<Integer>> sentences, int begun) {
        int width = length - begun;
        long[] result = new long[sentences.size() * width];
        Arrays.fill(result, PADDING);
        for (int s = 0; s < sentences.size(); s++) {
            for (int i = begun; i < sentences.get(s).size(); i++) {
                result[s * width + i - begun] = sentences.get(s).get(i);
            }
        }
        return result;
    }

    private static NumClipException tooLong(PromptSentences sentences, List<List<Integer>> places, int contextLength) {
        int s = 0;
        while (places.get(s).size() <= contextLength) {
            s++;
        }
        return new NumClipException(
                Kind.CONFIGURATION,
                "prompt '" + sentences.text(s) + "' has " + places.get(s).size() + " tokens; this CLIP reads at most "
                        + contextLength,
                "Shorten the context or the concept.");
    }
}
