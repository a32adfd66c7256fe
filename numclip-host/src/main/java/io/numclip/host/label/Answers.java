package io.numclip.host.label;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of many answers counts: not what was taken back, and of a person's answers to one question the last. */
final class Answers {

    /** Two images, either first. */
    record Pair(String first, String second) {
        static Pair of(String image, String other) {
            return image.compareTo(other) < 0 ? new Pair(image, other) : new Pair(other, image);
        }
    }

    private final Map<String, Deque<Answer>> byPerson = new HashMap<>();

    /** @param all in the order of the file */
    static Answers of(Collection<Answer> all) {
        Answers answers = new Answers();
        all.forEach(answers::add);
        return answers;
    }

    void add(Answer answer) {
        Deque<Answer> before = byPerson.computeIfAbsent(answer.by(), person -> new ArrayDeque<>());
        if (answer.said() == Answer.Said.UNDO) {
            before.pollLast();
        } else {
            before.addLast(answer);
        }
    }

    /** What this person would take back. */
    Optional<Answer> last(String person) {
        return Optional.ofNullable(
                byPerson.getOrDefault(person, new ArrayDeque<>()).peekLast());
    }

    /** The last ones of each person on each image or pair, in their order. */
    List<Answer> counting() {
        Map<List<Object>, Answer> last = new LinkedHashMap<>();
        byPerson.values().stream()
                .flatMap(Collection::stream)
                .sorted((left, right) -> Integer.compare(left.id(), right.id()))
                .forEach(answer -> {
                    List<Object> question = List.of(answer.by(), question(answer));
                    last.remove(question);
                    last.put(question, answer);
                });
        return List.copyOf(last.values());
    }

    private static Object question(Answer answer) {
        String other = answer.other();
        return other == null ? answer.image() : Pair.of(answer.image(), other);
    }

    /** What each person said last of each image, by image and person. */
    Map<String, Map<String, Answer>> ofImages() {
        Map<String, Map<String, Answer>> images = new TreeMap<>();
        counting().stream()
                .filter(answer -> !answer.isComparison())
                .forEach(answer -> images.computeIfAbsent(answer.image(), image -> new TreeMap<>())
                        .put(answer.by(), answer));
        return images;
    }

    List<Answer> comparisons() {
        return counting().stream().filter(Answer::isComparison).toList();
    }

    /** The median of what people said of each image that has a number. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        ofImages().forEach((image, said) -> median(values(said)).ifPresent(value -> numbers.put(image, value)));
        return numbers;
    }

    static double[] values(Map<String, Answer> said) {
        return said.values().stream()
                .map(Answer::value)
                .filter(Objects::nonNull)
                .mapToDouble(value -> value)
                .toArray();
    }

    /** Who gave an image its number, with plus signs between. */
    static String people(Map<String, Answer> said) {
        return said.values().stream()
                .filter(answer -> answer.value() != null)
                .map(Answer::by)
                .collect(Collectors.joining("+"));
    }

    static OptionalDouble median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }
}
