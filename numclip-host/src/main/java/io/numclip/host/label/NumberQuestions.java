package io.numclip.host.label;

import io.numclip.data.LabelScale;
import io.numclip.host.label.Answer.Guess;
import io.numclip.host.label.Answer.Said;
import io.numclip.yardstick.KernelRegression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which image is to get a number next. The first ten are those that tell most about the others; from then on a third is drawn by
 * chance, for on those alone an error can be measured, and each tenth is one that another person has answered.
 */
final class NumberQuestions {

    /** After so many answers the model learns them. */
    static final int ROUND = 10;

    private static final int MOST_COMPARED = 600;
    private static final int DRAWN = 3;

    private final LabelImages images;
    private final LabelScale scale;
    private final Random random;
    private final Deque<Integer> telling = new ArrayDeque<>();
    private @Nullable KernelRegression model;
    private int learned = -ROUND;

    NumberQuestions(LabelImages images, LabelScale scale, Random random) {
        this.images = images;
        this.scale = scale;
        this.random = random;
    }

    /** Empty where this person has answered all. */
    Optional<Question> next(int id, Answers answers, String person) {
        Map<String, Map<String, Answer>> said = answers.ofImages();
        List<Integer> open = new ArrayList<>();
        int mine = 0;
        for (int i = 0; i < images.names().size(); i++) {
            boolean done = said.getOrDefault(images.names().get(i), Map.of()).containsKey(person);
            mine += done ? 1 : 0;
            if (!done) {
                open.add(i);
            }
        }
        Map<String, Double> numbers = answers.numbers();
        learn(numbers, open);
        return open.isEmpty() ? skipped(id, said, person) : Optional.of(question(id, open, mine, numbers));
    }

    private Question question(int id, List<Integer> open, int mine, Map<String, Double> numbers) {
        List<Integer> ofOthers =
                open.stream().filter(i -> numbers.containsKey(name(i))).toList();
        if (mine % ROUND == ROUND - 1 && !ofOthers.isEmpty()) {
            return new Question(id, any(ofOthers), null, null);
        }
        List<Integer> fresh =
                open.stream().filter(i -> !numbers.containsKey(name(i))).toList();
        if (fresh.isEmpty()) {
            return new Question(id, any(open), null, null);
        }
        if (numbers.size() >= ROUND && mine % DRAWN == 0) {
            int drawn = any(fresh);
            return new Question(id, drawn, null, guess(drawn, numbers));
        }
        telling.removeIf(i -> !fresh.contains(i));
        return new Question(id, telling.isEmpty() ? any(fresh) : telling.peekFirst(), null, null);
    }

    private String name(int image) {
        return images.names().get(image);
    }

    private int any(List<Integer> some) {
        return some.get(random.nextInt(some.size()));
    }

    private @Nullable Guess guess(int image, Map<String, Double> numbers) {
        KernelRegression fitted = model;
        return fitted == null
                ? null
                : new Guess(
                        scale.within(fitted.at(image)),
                        Answers.median(values(numbers)).orElseThrow());
    }

    private static double[] values(Map<String, Double> numbers) {
        return numbers.values().stream().mapToDouble(value -> value).toArray();
    }

    /** One that was skipped, the first one of them first. */
    private Optional<Question> skipped(int id, Map<String, Map<String, Answer>> said, String person) {
        Map<String, Integer> places = images.places();
        return said.values().stream()
                .flatMap(people -> Optional.ofNullable(people.get(person)).stream())
                .filter(answer -> answer.said() == Said.SKIP && places.containsKey(answer.image()))
                .min(Comparator.comparingInt(Answer::id))
                .flatMap(answer -> Optional.ofNullable(places.get(answer.image())))
                .map(place -> new Question(id, place, null, null));
    }

    private void learn(Map<String, Double> numbers, List<Integer> open) {
        if (Math.abs(numbers.size() - learned) < ROUND && !telling.isEmpty()) {
            return;
        }
        KernelRegression fitted = fit(numbers);
        model = fitted;
        learned = numbers.size();
        List<Integer> some = new ArrayList<>(open);
        some.removeIf(i -> numbers.containsKey(name(i)));
        Collections.shuffle(some, random);
        int[] compared = some.stream().limit(MOST_COMPARED).mapToInt(i -> i).toArray();
        telling.clear();
        telling.addAll(new MostTelling(fitted, compared).first(ROUND));
    }

    private KernelRegression fit(Map<String, Double> numbers) {
        int[] known = IntStream.range(0, images.names().size())
                .filter(i -> numbers.containsKey(name(i)))
                .toArray();
        return KernelRegression.fit(
                images.features(),
                known,
                Arrays.stream(known)
                        .mapToDouble(i -> Objects.requireNonNull(numbers.get(name(i))))
                        .toArray());
    }
}
