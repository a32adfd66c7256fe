package io.numclip.runner.words;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumberWords;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names for a bin that need no knowledge of the task: its numbers, in words and in digits. */
final class NumberNames {

    private static final double LARGEST = 999_999;

    /** The words that numbers consist of. */
    private static final Set<String> WORDS = IntStream.concat(
                    IntStream.rangeClosed(0, 99), IntStream.of(100, 1000, 1_100))
            .mapToObj(NumberWords::of)
            .flatMap(number -> Stream.concat(Stream.of(number.split(" ")), Stream.of("to", "minus", "oh")))
            .collect(Collectors.toUnmodifiableSet());

    private NumberNames() {}

    /** Such as {@code thirteen to eighteen}, {@code 13 to 18}, {@code sixteen} and {@code 16}; whole numbers only. */
    static List<String> of(Bins bins, int index) {
        Bin bin = bins.get(index);
        boolean isLast = index == bins.size() - 1;
        int lowest = (int) Math.ceil(bounded(bin.lower()));
        int highest = (int) (isLast ? Math.floor(bounded(bin.upper())) : Math.ceil(bounded(bin.upper())) - 1);
        int typical = (int) Math.rint(bounded(bin.anchor()));
        Stream<String> one = Stream.of(NumberWords.of(typical), Integer.toString(typical));
        if (lowest >= highest) {
            return one.toList();
        }
        Stream<String> range =
                Stream.of(NumberWords.of(lowest) + " to " + NumberWords.of(highest), lowest + " to " + highest);
        return Stream.concat(range, one).toList();
    }

    /** Whether a concept is a number, or a range of numbers, in words or in digits. */
    static boolean isNumber(String concept) {
        return Stream.of(concept.split("[ -]")).allMatch(word -> WORDS.contains(word) || word.matches("\\d+s?"));
    }

    private static double bounded(double number) {
        return Math.max(-LARGEST, Math.min(LARGEST, number));
    }
}
