package io.numclip.host.label;

import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.host.assembly.Components;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.propose.OwnWords;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What people are asked for.
 *
 * @param numbers the ends, which are answers too
 * @param concepts words for numbers of the scale, lowest first
 */
public record AskedScale(LabelScale numbers, List<Concept> concepts) {

    private static final int PLACES = 100;
    private static final int FEW = 5;

    /** A word and the number that it stands for. */
    public record Concept(String text, double at) {}

    public AskedScale {
        concepts = List.copyOf(concepts);
    }

    /**
     * From the number of the first word to that of the last.
     *
     * @param words as {@link OwnWords#numbers} takes them
     * @param unit plural noun, such as {@code days}
     */
    public static AskedScale ofWords(String words, String unit) {
        Map<String, Double> numbers = OwnWords.numbers(words);
        List<Concept> concepts = numbers.entrySet().stream()
                .map(word -> new Concept(word.getKey(), word.getValue()))
                .toList();
        double highest = concepts.get(concepts.size() - 1).at();
        return new AskedScale(new LabelScale(concepts.get(0).at(), highest, unit), concepts);
    }

    /** The scale of a task and its number concepts; those that depend on labels are as for labels all over the scale. */
    public static AskedScale ofTask(ExperimentConfig config) {
        LabelScale scale = Components.task(config.task()).scale();
        double[] even = IntStream.rangeClosed(0, PLACES)
                .mapToDouble(i -> scale.clamp(scale.minimum() + (scale.maximum() - scale.minimum()) * i / PLACES))
                .toArray();
        List<Concept> concepts = Components.binning(config.binning(), scale).fit(even).list().stream()
                .map(bin -> new Concept(bin.concept(), middle(bin, scale)))
                .toList();
        return new AskedScale(scale, concepts);
    }

    private static double middle(Bin bin, LabelScale scale) {
        double middle = scale.within((scale.within(bin.lower()) + scale.within(bin.upper())) / 2);
        return scale.wholeNumbers() ? Math.floor(middle) : middle;
    }

    /** How far apart two numbers are that a slider can reach. */
    public double step() {
        double span = numbers.maximum() - numbers.minimum();
        boolean whole = concepts.stream().allMatch(concept -> LabelScale.isWhole(concept.at()));
        return numbers.wholeNumbers() || span >= PLACES / 4.0 || (whole && span >= FEW)
                ? 1
                : Math.pow(10, Math.floor(Math.log10(span)) - 1);
    }
}
