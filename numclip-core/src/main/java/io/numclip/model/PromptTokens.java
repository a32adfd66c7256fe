package io.numclip.model;

import io.numclip.clip.ClipTokenizer;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.NumberPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each token of each sentence lies in a table of embeddings. The table's rows: start token, full stop, end token;
 * then the tokens of the contexts; then those of the concepts, each with room for the longest.
 */
final class PromptTokens {

    private static final int START = 0;
    private static final int FULL_STOP = 1;
    private static final int END = 2;
    private static final int FIRST_CONTEXT = 3;

    final long[] fixed;
    final long[] context;
    final List<long[]> concepts;
    final int longestConcept;
    final int length;
    final long[] endPositions;
    /** (K, length) row by row; end tokens fill up shorter sentences, where no sentence looks. */
    final long[] rows;

    PromptTokens(List<NumberPrompt> prompts, ClipTokenizer tokenizer, int contextLength) {
        Map<String, long[]> contexts = new LinkedHashMap<>();
        prompts.forEach(prompt -> contexts.computeIfAbsent(prompt.context(), tokenizer::encodeWords));
        fixed = new long[] {tokenizer.startId(), tokenizer.encodeWords(".")[0], tokenizer.endId()};
        context = contexts.values().stream().flatMapToLong(Arrays::stream).toArray();
        concepts = prompts.stream()
                .map(prompt -> tokenizer.encodeWords(prompt.concept()))
                .toList();
        longestConcept = concepts.stream().mapToInt(ids -> ids.length).max().orElse(0);
        List<List<Integer>> sentences = sentences(prompts, contexts);
        length = sentences.stream().mapToInt(List::size).max().orElse(0);
        if (length > contextLength) {
            throw tooLong(prompts, sentences, contextLength);
        }
        endPositions =
                sentences.stream().mapToLong(sentence -> sentence.size() - 1).toArray();
        rows = padded(sentences);
    }

    private List<List<Integer>> sentences(List<NumberPrompt> prompts, Map<String, long[]> contexts) {
        Map<String, Integer> firstRows = new LinkedHashMap<>();
        int next = FIRST_CONTEXT;
        for (Map.Entry<String, long[]> entry : contexts.entrySet()) {
            firstRows.put(entry.getKey(), next);
            next += entry.getValue().length;
        }
        List<List<Integer>> sentences = new ArrayList<>();
        for (int k = 0; k < prompts.size(); k++) {
            String words = prompts.get(k).context();
            List<Integer> sentence = new ArrayList<>(List.of(START));
            addRange(sentence, firstRows.get(words), contexts.get(words).length);
            addRange(sentence, FIRST_CONTEXT + context.length + k * longestConcept, concepts.get(k).length);
            sentence.addAll(List.of(FULL_STOP, END));
            sentences.add(sentence);
        }
        return sentences;
    }

    private static void addRange(List<Integer> sentence, int first, int count) {
        for (int i = 0; i < count; i++) {
            sentence.add(first + i);
        }
    }

    private long[] padded(List<List<Integer>> sentences) {
        long[] result = new long[sentences.size() * length];
        Arrays.fill(result, END);
        for (int k = 0; k < sentences.size(); k++) {
            for (int i = 0; i < sentences.get(k).size(); i++) {
                result[k * length + i] = sentences.get(k).get(i);
            }
        }
        return result;
    }

    private static NumClipException tooLong(
            List<NumberPrompt> prompts, List<List<Integer>> sentences, int contextLength) {
        int k = 0;
        while (sentences.get(k).size() <= contextLength) {
            k++;
        }
        return new NumClipException(
                Kind.CONFIGURATION,
                "prompt '" + prompts.get(k).sentence() + "' has "
                        + sentences.get(k).size() + " tokens; this CLIP reads at most " + contextLength,
                "Shorten the context or the concept.");
    }
}
