package io.numclip.host.propose;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.PlainText;
import io.numclip.uncertainty.ExactNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words of a user for numbers, lowest first, with commas between: each with the number that it stands for, {@code ripe=4}, with
 * where it ends, {@code ripe<6}, or alone.
 */
public final class OwnWords {

    private final List<Own> words;

    /**
     * @param text empty where it cannot be read
     * @param at null: it says no number that it stands for
     * @param below null: it says no end
     */
    private record Own(
            String text, @Nullable Double at, @Nullable Double below) {

        static Own of(String word) {
            int sign = Math.max(word.lastIndexOf('='), word.lastIndexOf('<'));
            if (sign < 0) {
                return new Own(word.strip(), null, null);
            }
            try {
                double number = Double.parseDouble(word.substring(sign + 1).strip());
                String text = Double.isFinite(number) ? word.substring(0, sign).strip() : "";
                return word.charAt(sign) == '=' ? new Own(text, number, null) : new Own(text, null, number);
            } catch (NumberFormatException none) {
                return new Own("", null, null);
            }
        }
    }

    private OwnWords(List<Own> words) {
        this.words = words;
    }

    /** @param list as a command line has it */
    static OwnWords of(String list) {
        return new OwnWords(Arrays.stream(list.split(",", -1)).map(Own::of).toList());
    }

    /** With where each ends; where all say their number, half-way to the next. */
    List<Vocabulary.Word> ends() {
        boolean stated = words.stream().allMatch(word -> word.at != null);
        List<Vocabulary.Word> ends = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Own word = words.get(i);
            Double at = word.at;
            Double next = i + 1 < words.size() ? words.get(i + 1).at : null;
            Double halfWay = at == null || next == null ? word.below : Double.valueOf(at + (next - at) / 2);
            ends.add(new Vocabulary.Word(stated || at == null ? word.text : "", halfWay));
        }
        return ends;
    }

    /**
     * A task whose scale goes from the number of the first word to that of the last, as a file of YAML; it has no images.
     *
     * @param list words, each with its number, as in {@code unripe=0, ripe=4, overripe=8}
     * @param unit plural noun, such as {@code days}
     * @throws NumClipException if a word has no number or there are fewer than two, or the numbers do not rise
     */
    public static String task(String list, String unit) {
        List<Own> words = rising(list);
        return "task: {type: generic, minimum: " + words.get(0).at + ", maximum: " + words.get(words.size() - 1).at
                + ", unit: " + YamlText.of(unit) + "}\nbinning: {type: concepts, concepts: "
                + words.stream()
                        .map(word -> "{concept: " + YamlText.of(word.text) + ", at: " + word.at + "}")
                        .collect(Collectors.joining(", ", "[", "]"))
                + "}\n";
    }

    /**
     * The numbers of words that say them, rising.
     *
     * @param list words, each with its number, as in {@code unripe=0, ripe=4, overripe=8}
     * @throws NumClipException if a word has no number or there are fewer than two, or the numbers do not rise
     */
    public static Map<String, Double> numbers(String list) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        rising(list).forEach(word -> numbers.put(word.text, Objects.requireNonNull(word.at)));
        return numbers;
    }

    private static List<Own> rising(String list) {
        List<Own> words = of(list).words;
        problem(words).ifPresent(found -> {
            throw new NumClipException(
                    Kind.USAGE,
                    "--words: expected two words or more, each with the number that it stands for, the numbers rising; found "
                            + found,
                    "write them like --words \"unripe=0, ripe=4, overripe=8\"");
        });
        return words;
    }

    private static Optional<String> problem(List<Own> words) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            Own word = words.get(i);
            String name = "'" + PlainText.printable(word.text) + "'";
            Double at = word.at;
            if (word.text.isEmpty() || at == null) {
                return Optional.of("no number" + (word.text.isEmpty() ? " in word " + (i + 1) : " of " + name));
            }
            if (!seen.add(word.text)) {
                return Optional.of(name + " twice");
            }
            Double before = i == 0 ? null : words.get(i - 1).at;
            if (before != null && at <= before) {
                return Optional.of(name + " at " + ExactNumber.text(at) + " behind one at " + ExactNumber.text(before));
            }
        }
        return words.size() < 2 ? Optional.of("one word") : Optional.empty();
    }
}
