package io.numclip.host.label;

import io.numclip.host.label.Answer.Guess;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How good answers are, and what is learned from them.
 *
 * @param numbers how many images have one
 * @param drawn how many of the last answers the errors are means of: images drawn by chance, predicted before they were answered
 * @param error of a model that has learned the answers before; NaN where nothing was drawn
 * @param constant error of the same number for every image
 * @param worth what twice as many answers would bring
 * @param agreement how far apart two people are on the same image
 * @param pairs how many comparisons
 * @param ordered how many images these put into order
 * @param again how often the same was said of a pair that was asked about twice
 */
public record Verdict(
        int numbers,
        int drawn,
        double error,
        double constant,
        Worth worth,
        Mean agreement,
        int pairs,
        int ordered,
        Mean again) {

    private static final int LAST = 30;

    /** Of so many. */
    public record Mean(int count, double value) {
        static Mean of(double... all) {
            return new Mean(all.length, Arrays.stream(all).average().orElse(Double.NaN));
        }
    }

    static Verdict of(Answers answers, Worth worth, int ordered) {
        List<Answer> said = answers.counting();
        List<Answer> numbers = said.stream()
                .filter(answer -> answer.value() != null && answer.guess() != null)
                .toList();
        List<Answer> last = numbers.subList(Math.max(0, numbers.size() - LAST), numbers.size());
        List<Answer> pairs = said.stream().filter(Answer::isComparison).toList();
        return new Verdict(
                answers.numbers().size(),
                last.size(),
                Mean.of(errors(last, Guess::model)).value(),
                Mean.of(errors(last, Guess::constant)).value(),
                worth,
                agreement(answers),
                (int) pairs.stream().filter(answer -> more(answer) != null).count(),
                ordered,
                Mean.of(pairs.stream()
                        .filter(answer -> answer.guess() != null && more(answer) != null)
                        .mapToDouble(answer -> Objects.equals(
                                        more(answer),
                                        Objects.requireNonNull(answer.guess()).model())
                                ? 1
                                : 0)
                        .toArray()));
    }

    private static @Nullable Double more(Answer answer) {
        return switch (answer.said()) {
            case IMAGE -> 1.0;
            case OTHER -> 0.0;
            case EQUAL -> 0.5;
            default -> null;
        };
    }

    private static double[] errors(List<Answer> answers, ToDoubleFunction<Guess> guessed) {
        return answers.stream()
                .mapToDouble(answer -> Math.abs(Objects.requireNonNull(answer.value())
                        - guessed.applyAsDouble(Objects.requireNonNull(answer.guess()))))
                .toArray();
    }

    /** The mean distance of two people. */
    private static Mean agreement(Answers answers) {
        return Mean.of(answers.ofImages().values().stream()
                .map(Answers::values)
                .filter(values -> values.length > 1)
                .mapToDouble(Verdict::apart)
                .toArray());
    }

    private static double apart(double... values) {
        return IntStream.range(0, values.length)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(0, i).mapToDouble(j -> Math.abs(values[i] - values[j])))
                .average()
                .orElseThrow();
    }
}
