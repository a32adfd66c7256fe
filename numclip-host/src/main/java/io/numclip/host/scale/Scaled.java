package io.numclip.host.scale;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.protocol.Splitter;
import io.numclip.yardstick.Agreement;
import io.numclip.yardstick.Compared;
import io.numclip.yardstick.ComparisonScale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Images with numbers, of which some people gave and others follow from comparisons. Nothing that was said of a validation or test image
 * moves the number of a training image: those of the training images follow from comparisons among them alone, those of the validation
 * images from these and their own, those of the test images from all.
 *
 * @param values (N)
 * @param sides (N)
 * @param width so far apart are two training images of which 73 of 100 answers name the right one
 * @param heldOut how a scale of the training images alone agrees with the comparisons of the others; empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
public record Scaled(ComparedImages given, double[] values, Split[] sides, double width, Optional<Agreement> heldOut) {

    private static final double HIGHEST_RANK = 100;
    private static final int FEWEST_NUMBERS = 2;

    /** How the images are split, and where the scale ends. */
    public record Plan(double validation, double test, long seed, double minimum, double maximum) {}

    /** @param features (N, D) */
    public static Scaled of(ComparedImages given, double[][] features, Plan plan) {
        long numbers = given.hasNumber().stream().filter(has -> has).count();
        if (numbers > 0 && numbers < FEWEST_NUMBERS) {
            throw new NumClipException(
                    Kind.DATA,
                    "a scale needs " + FEWEST_NUMBERS + " numbers that differ, or none; found " + numbers,
                    "give the numbers of some more images, the lowest and the highest among them");
        }
        Split[] sides = sides(given, features, plan);
        double[] values = new double[sides.length];
        Optional<ComparisonScale> learned = Optional.empty();
        double width = 0;
        for (Split side : Split.values()) {
            Side some = new Side(given, sides, side);
            ComparisonScale scale = ComparisonScale.fit(features, some.compared());
            Numbers found = some.numbers(scale, plan);
            found.fill(values, sides, side);
            if (side == Split.TRAIN) {
                learned = Optional.of(scale);
                width = found.slope() * scale.width();
            }
        }
        return new Scaled(given, values, sides, width, learned.flatMap(scale -> agreement(given, sides, scale)));
    }

    private static Optional<Agreement> agreement(ComparedImages given, Split[] sides, ComparisonScale learned) {
        List<Compared> others = given.compared().stream()
                .filter(pair -> sides[pair.image()] != Split.TRAIN || sides[pair.other()] != Split.TRAIN)
                .toList();
        return others.stream().allMatch(Compared::isEqual)
                ? Optional.empty()
                : Optional.of(Agreement.of(others, learned::at));
    }

    /** Each range of the scale in the same shares, images of a subject together. */
    private static Split[] sides(ComparedImages given, double[][] features, Plan plan) {
        ComparisonScale rough = ComparisonScale.fit(features, given.compared());
        Map<LabeledImage, Integer> places = new HashMap<>();
        List<LabeledImage> placed = IntStream.range(0, given.images().size())
                .mapToObj(i -> {
                    LabeledImage image = given.images().get(i);
                    return new LabeledImage(image.name(), image.source(), rough.at(i), image.attributes());
                })
                .toList();
        IntStream.range(0, placed.size()).forEach(i -> places.put(placed.get(i), i));
        Split[] sides = new Split[placed.size()];
        new Splitter(Splitter.Rule.GROUPED, LabeledImage.SUBJECT, plan.seed())
                .splits(placed, plan.validation(), plan.test())
                .forEach((split, images) -> images.forEach(image -> sides[places.getOrDefault(image, 0)] = split));
        return sides;
    }

    /** The images of a split, and those that come before it. */
    private record Side(ComparedImages given, Split[] sides, Split now) {

        private boolean isKnown(int image) {
            return sides[image].compareTo(now) <= 0;
        }

        List<Compared> compared() {
            List<Compared> known = given.compared().stream()
                    .filter(pair -> isKnown(pair.image()) && isKnown(pair.other()))
                    .toList();
            if (known.isEmpty()) {
                throw new NumClipException(
                        Kind.DATA,
                        "no two images of the training split were compared; there are "
                                + given.compared().size() + " comparisons in all",
                        "give more comparisons, or smaller shares for --validation and --test");
            }
            return known;
        }

        /** By a line through what people gave, or else by rank. */
        Numbers numbers(ComparisonScale scale, Plan plan) {
            int[] known = images(this::isKnown);
            if (!given.hasNumber().contains(true)) {
                double[] places = at(scale, known);
                double[] ranks = ranks(places);
                return new Numbers(known, ranks, Line.of(places, ranks).slope());
            }
            int[] numbered =
                    images(image -> isKnown(image) && given.number(image).isPresent());
            requireNumbers(numbered);
            Line line = Line.of(
                    at(scale, numbered),
                    IntStream.of(numbered)
                            .mapToDouble(image -> given.number(image).orElseThrow())
                            .toArray());
            double[] found = IntStream.of(known)
                    .mapToDouble(image -> given.number(image)
                            .orElse(Math.max(plan.minimum(), Math.min(plan.maximum(), line.at(scale.at(image))))))
                    .toArray();
            return new Numbers(known, found, line.slope());
        }

        private static void requireNumbers(int... known) {
            if (known.length < FEWEST_NUMBERS) {
                throw new NumClipException(
                        Kind.DATA,
                        "a scale needs " + FEWEST_NUMBERS + " numbers of training images; found " + known.length,
                        "give the numbers of some more images, or another --seed");
            }
        }

        private int[] images(IntPredicate are) {
            return IntStream.range(0, sides.length).filter(are).toArray();
        }

        private static double[] at(ComparisonScale scale, int... images) {
            return IntStream.of(images).mapToDouble(scale::at).toArray();
        }

        /** From 0 to 100. */
        private static double[] ranks(double... places) {
            double[] sorted = places.clone();
            Arrays.sort(sorted);
            return Arrays.stream(places)
                    .map(place -> HIGHEST_RANK
                            * Math.max(0, Arrays.binarySearch(sorted, place))
                            / Math.max(1, sorted.length - 1))
                    .toArray();
        }
    }

    /**
     * What some images get.
     *
     * @param slope how much that is for one unit of the scale of comparisons
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    private record Numbers(int[] images, double[] values, double slope) {

        void fill(double[] all, Split[] sides, Split side) {
            for (int i = 0; i < images.length; i++) {
                if (sides[images[i]] == side) {
                    all[images[i]] = values[i];
                }
            }
        }
    }
}
