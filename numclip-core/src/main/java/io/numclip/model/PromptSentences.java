package io.numclip.model;

import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Prediction;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.NumberPrompts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The S = T·K sentences of T wordings about K number concepts, and the words that they share: a context is shared by
 * all sentences that have it in the same place, a concept by all wordings that name it with the same words. Notation: B
 * concepts that a wording names (K, or fewer if the others are interpolated), R different concepts.
 */
public final class PromptSentences {

    private final List<NumberPrompt> prompts;
    private final double[][] interpolation;
    private final int named; // B
    private final int bins; // K
    private final boolean halved;
    private final boolean marksBeginnings;
    private final Map<Entry, Integer> concepts = new LinkedHashMap<>();

    /** The words of a context and their place. */
    record Piece(boolean before, String words) {}

    /**
     * The words of a wording for one of its concepts.
     *
     * @param isFirst whether the sentence begins with them, if the tokenizer makes a difference
     */
    private record Entry(int position, String words, boolean isFirst) {}

    /**
     * @param prompts (T·B)
     * @param bins K
     * @param interpolation (K, B), or empty if B = K
     * @param halved as {@link NumberPrompts#isContextHalved}
     * @param marksBeginnings as {@link io.numclip.clip.text.ClipTokenizer#marksBeginnings}
     */
    PromptSentences(
            List<NumberPrompt> prompts, int bins, double[][] interpolation, boolean halved, boolean marksBeginnings) {
        this.halved = halved;
        this.marksBeginnings = marksBeginnings;
        this.prompts = List.copyOf(prompts);
        this.bins = bins;
        this.interpolation = interpolation;
        named = isMixed() ? interpolation[0].length : bins;
        if (prompts.isEmpty() || prompts.size() % named != 0 || (isMixed() && interpolation.length != bins)) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "prompts: expected a sentence for each of " + named + " concepts in one or more wordings, found "
                            + prompts.size() + " for " + bins + " bins",
                    "Choose other prompts, or correct the plugin that makes them.");
        }
        for (int i = 0; i < prompts.size(); i++) {
            concepts.putIfAbsent(entry(i), concepts.size());
        }
    }

    /** @throws NumClipException if the wording does not fit the bins */
    public static PromptSentences of(NumberPrompts wording, Bins bins) {
        return of(wording, bins, false);
    }

    static PromptSentences of(NumberPrompts wording, Bins bins, boolean marksBeginnings) {
        List<NumberPrompt> prompts = wording.promptsFor(bins);
        if (prompts == null || prompts.stream().anyMatch(Objects::isNull)) {
            throw new BrokenContractException(wording, "returns null for a prompt");
        }
        return new PromptSentences(
                prompts, bins.size(), wording.interpolation(bins), wording.isContextHalved(), marksBeginnings);
    }

    /** S = T·K. */
    int size() {
        return wordings() * bins;
    }

    /** T. */
    int wordings() {
        return prompts.size() / named;
    }

    /** Whether concepts are interpolated between others. */
    boolean isMixed() {
        return interpolation.length > 0;
    }

    boolean isHalved() {
        return halved;
    }

    /** The R different concepts. */
    List<String> concepts() {
        return concepts.keySet().stream().map(Entry::words).toList();
    }

    /** Whether sentences begin with one of the R different concepts. */
    boolean isFirst(int concept) {
        return List.copyOf(concepts.keySet()).get(concept).isFirst();
    }

    /** All contexts, each once. */
    Collection<Piece> contexts() {
        Set<Piece> pieces = new LinkedHashSet<>();
        prompts.forEach(prompt -> pieces.add(new Piece(true, prompt.context())));
        prompts.forEach(prompt -> pieces.add(new Piece(false, prompt.ending())));
        return pieces;
    }

    /** Index of a sentence's concept among the R. */
    int concept(int sentence) {
        return concepts.get(entry(prompt(sentence)));
    }

    /** (S, R), row by row: the weight of each of the R concepts in the concept of a sentence. */
    float[] mixture() {
        float[] weights = new float[size() * concepts.size()];
        for (int s = 0; s < size(); s++) {
            for (int b = 0; b < named; b++) {
                int concept = concepts.get(entry(s / bins * named + b));
                weights[s * concepts.size() + concept] += (float) interpolation[s % bins][b];
            }
        }
        return weights;
    }

    Piece before(int sentence) {
        return new Piece(true, prompts.get(prompt(sentence)).context());
    }

    Piece after(int sentence) {
        return new Piece(false, prompts.get(prompt(sentence)).ending());
    }

    /**
     * The sentence in words; for an interpolated concept, with the words of the base concept that weighs most.
     *
     * @param sentence index of the bin, plus K for each further wording
     */
    public String text(int sentence) {
        return prompts.get(prompt(sentence)).sentence();
    }

    /** The sentences of each of the K bins, in all wordings. */
    public List<List<String>> texts() {
        return IntStream.range(0, bins)
                .mapToObj(bin -> IntStream.range(0, wordings())
                        .mapToObj(wording -> text(bin + wording * bins))
                        .toList())
                .toList();
    }

    private Entry entry(int prompt) {
        NumberPrompt words = prompts.get(prompt);
        boolean isFirst = marksBeginnings && words.context().isBlank() && !halved;
        return new Entry(prompt % named, words.concept(), isFirst);
    }

    /** The prompt of a sentence; if it is interpolated, that of the base concept that weighs most. */
    private int prompt(int sentence) {
        int wording = sentence / bins;
        int bin = sentence % bins;
        return wording * named + (isMixed() ? Prediction.indexOfLargest(interpolation[bin]) : bin);
    }
}
