package io.numclip.runner.words;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words that say about the same, for tasks that ship none.
 *
 * @param kinds by kind of question, such as size, its words in ascending order, each with others for it
 * @param templates texts around a word, with {@code {}} in its place
 */
public record Vocabulary(Map<String, Map<String, List<String>>> kinds, List<String> templates) {

    private static final int FEWEST = 2; // concepts whose words must be known, for a kind to fit

    public Vocabulary {
        kinds = new LinkedHashMap<>(kinds); // in its order
        templates = List.copyOf(templates);
    }

    /**
     * Other words for the concepts of one task: those of the kind that knows most of them.
     *
     * @return for each concept a list, which is empty if nothing is known
     */
    List<List<String>> others(List<String> concepts) {
        return kinds.values().stream()
                .map(kind -> WordKind.of(kind).others(concepts))
                .filter(others -> known(others) >= FEWEST)
                .max(Comparator.comparing(Vocabulary::known))
                .orElse(Collections.nCopies(concepts.size(), List.of()));
    }

    private static long known(List<List<String>> others) {
        return others.stream().filter(words -> !words.isEmpty()).count();
    }

    /**
     * The words of one kind of question, such as size.
     *
     * @param groups in ascending order; the words of a group say about the same
     */
    record WordKind(List<List<String>> groups) {

        static WordKind of(Map<String, List<String>> words) {
            return new WordKind(words.entrySet().stream()
                    .map(group -> Stream.concat(Stream.of(group.getKey()), group.getValue().stream())
                            .toList())
                    .toList());
        }

        /** A word of a group in a concept. */
        private record Place(int group, String word, Matcher matcher) {}

        /**
         * The concepts with other words of the same group in them. Two concepts with words of one group have none, because no word
         * says which of them is meant; nor have all if they are in another order than the groups, or its reverse.
         *
         * @return for each concept a list, which is empty if nothing is known
         */
        List<List<String>> others(List<String> concepts) {
            List<Optional<Place>> all = concepts.stream().map(this::place).toList();
            List<Integer> met =
                    all.stream().flatMap(Optional::stream).map(Place::group).toList();
            return isInOrder(met)
                    ? all.stream()
                            .map(place -> place.filter(known -> Collections.frequency(met, known.group()) == 1)
                                    .map(this::changed)
                                    .orElse(List.of()))
                            .toList()
                    : Collections.nCopies(concepts.size(), List.of());
        }

        /** The longest word of any group that a concept has in it, as whole words. */
        private Optional<Place> place(String concept) {
            return IntStream.range(0, groups.size())
                    .boxed()
                    .flatMap(group -> groups.get(group).stream()
                            .map(word ->
                                    new Place(group, word, pattern(word).matcher(concept.toLowerCase(Locale.ROOT)))))
                    .filter(place -> place.matcher().matches())
                    .max(Comparator.comparing(place -> place.word().length()));
        }

        /** Finds a word behind what it stands after, with the article apart. */
        private static Pattern pattern(String word) {
            return Pattern.compile("((?:.*? )??)((?:an? )?)" + Pattern.quote(word) + "((?: .*)?)");
        }

        private List<String> changed(Place place) {
            Matcher phrase = place.matcher();
            return groups.get(place.group()).stream()
                    .filter(word -> !word.equals(place.word()))
                    .map(word -> phrase.group(1) + article(phrase.group(2), word) + word + phrase.group(3))
                    .toList();
        }

        private static String article(String before, String word) {
            return before.isEmpty() ? "" : "aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ";
        }

        private static boolean isInOrder(List<Integer> groups) {
            List<Integer> ascending = groups.stream().sorted().toList();
            List<Integer> descending =
                    groups.stream().sorted(Comparator.reverseOrder()).toList();
            return groups.equals(ascending) || groups.equals(descending);
        }
    }
}
