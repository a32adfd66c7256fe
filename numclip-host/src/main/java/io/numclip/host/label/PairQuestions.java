package io.numclip.host.label;

import io.numclip.host.label.Answer.Guess;
import io.numclip.host.label.Answer.Said;
import io.numclip.host.label.Answers.Pair;
import io.numclip.yardstick.KernelRegression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which two images are to be compared next: images are put into order one after another, each by binary insertion that begins where
 * the images that are in order place it by their features, or before that where the untrained CLIP does. People are wrong at times,
 * so each fifth question is about two neighbours in that order.
 */
final class PairQuestions {

    private static final int AGAIN = 5;
    private static final int MOST_CHOSEN = 600;
    private static final long SEED = 1;

    private final LabelImages images;
    private final List<Integer> turns;
    private double[] places; // where each is thought to be
    private int learned;

    PairQuestions(LabelImages images) {
        this.images = images;
        places = images.guesses();
        turns = new ArrayList<>(
                IntStream.range(0, images.names().size()).boxed().toList());
        Collections.shuffle(turns, new Random(SEED));
        List<Integer> first = turns.subList(0, Math.min(turns.size(), MOST_CHOSEN));
        KernelRegression none = KernelRegression.fit(images.features(), new int[0]);
        int[] some = first.stream().mapToInt(image -> image).toArray();
        List<Integer> telling = new MostTelling(none, some).first(some.length);
        IntStream.range(0, some.length).forEach(i -> turns.set(i, telling.get(i)));
    }

    /** Empty where all are in order and all neighbours were compared twice. */
    Optional<Question> next(int id, Answers answers) {
        List<Answer> said = answers.comparisons();
        Order order = new Order(new Known(said, images.places()));
        Optional<Question> open = order.open(id);
        learn(order.chain);
        boolean again = id % AGAIN == 0 || open.isEmpty();
        return (again ? order.neighbours(id).or(() -> open) : open).map(PairQuestions::eitherWay);
    }

    /** How many images are in order. */
    int ordered(Answers answers) {
        Order order = new Order(new Known(answers.comparisons(), images.places()));
        order.open(0);
        return order.chain.size() < 2 ? 0 : order.chain.size();
    }

    /** The image that is looked for its place would always be the left one. */
    private static Question eitherWay(Question question) {
        Guess guess = question.guess();
        Integer other = question.other();
        return question.id() % 2 == 0 || other == null
                ? question
                : new Question(
                        question.id(),
                        /* image= */ other,
                        /* other= */ question.image(),
                        guess == null ? null : new Guess(1 - guess.model(), guess.constant()));
    }

    private void learn(List<Integer> chain) {
        if (chain.size() - learned < NumberQuestions.ROUND) {
            return;
        }
        learned = chain.size();
        double[] ranks = IntStream.range(0, chain.size()).asDoubleStream().toArray();
        int[] known = chain.stream().mapToInt(image -> image).toArray();
        KernelRegression model = KernelRegression.fit(images.features(), known, ranks);
        places =
                IntStream.range(0, images.names().size()).mapToDouble(model::at).toArray();
    }

    /** What was said of pairs, by the places of their images. */
    private static final class Known {

        private final Map<Integer, Map<Integer, Integer>> more = new HashMap<>();
        private final Map<Pair, Answer> last = new HashMap<>();

        Known(List<Answer> said, Map<String, Integer> places) {
            for (Answer answer : said) {
                Integer image = places.get(answer.image());
                Integer other = places.get(String.valueOf(answer.other()));
                if (image != null && other != null) {
                    int sign = answer.said() == Said.IMAGE ? 1 : answer.said() == Said.OTHER ? -1 : 0;
                    more.computeIfAbsent(image, any -> new HashMap<>()).merge(other, sign, Integer::sum);
                    more.computeIfAbsent(other, any -> new HashMap<>()).merge(image, -sign, Integer::sum);
                    last.put(Pair.of(answer.image(), String.valueOf(answer.other())), answer);
                }
            }
        }

        /** 1: the image is more; −1: the other one; 0: neither; null: nobody was asked. */
        @Nullable
        Integer of(int image, int other) {
            Integer sum = more.getOrDefault(image, Map.of()).get(other);
            return sum == null ? null : Integer.signum(sum);
        }

        int count(int image) {
            return more.getOrDefault(image, Map.of()).size();
        }
    }

    /** Images with the least first. */
    private final class Order {

        private final Known known;
        private final List<Integer> chain = new ArrayList<>();

        Order(Known known) {
            this.known = known;
        }

        /** What must be known of the first image that has no place yet; empty if there is none. */
        Optional<Question> open(int id) {
            for (int turn : turns) {
                Optional<Integer> against = insert(turn);
                if (against.isPresent()) {
                    return Optional.of(new Question(id, turn, against.get(), null));
                }
            }
            return Optional.empty();
        }

        /** The image to compare this one with; empty if its place is known, and then it is in it. */
        private Optional<Integer> insert(int image) {
            int low = 0;
            int high = chain.size();
            for (int i = 0; i < chain.size(); i++) {
                Integer sign = known.of(image, chain.get(i));
                if (sign != null && sign == 0) {
                    chain.add(i, image);
                    return Optional.empty();
                }
                low = sign != null && sign > 0 ? i + 1 : low;
                high = sign != null && sign < 0 ? Math.min(high, i) : high;
            }
            if (low >= high) {
                chain.add(high, image);
                return Optional.empty();
            }
            return Optional.of(chain.get(middle(image, low, high)));
        }

        /** Near where it is thought to be, then farther away each time until it lies between two images. */
        private int middle(int image, int low, int high) {
            int answered = known.count(image);
            int far = 1 << Math.min(answered, 20);
            if (low == 0 && high == chain.size()) {
                long below = chain.stream()
                        .filter(each -> places[each] < places[image])
                        .count();
                return (int) Math.min(high - 1, below);
            }
            if (high == chain.size()) {
                return Math.min(high - 1, low + far - 2);
            }
            return low == 0 ? Math.max(0, high - far + 1) : (low + high) / 2;
        }

        /** The neighbours whose comparison is the oldest of those that were made once. */
        Optional<Question> neighbours(int id) {
            return IntStream.range(1, chain.size())
                    .boxed()
                    .filter(i ->
                            compared(i).map(answer -> answer.guess() == null).orElse(false))
                    .min(Comparator.comparingInt(
                            i -> compared(i).map(Answer::id).orElse(0)))
                    .map(i -> new Question(id, chain.get(i), chain.get(i - 1), expected(i)));
        }

        private Optional<Answer> compared(int i) {
            return Optional.ofNullable(known.last.get(Pair.of(name(chain.get(i)), name(chain.get(i - 1)))));
        }

        private Guess expected(int i) {
            Integer sign = known.of(chain.get(i), chain.get(i - 1));
            return new Guess(sign == null || sign == 0 ? 0.5 : 1, 0.5);
        }
    }

    private String name(int image) {
        return images.names().get(image);
    }
}
