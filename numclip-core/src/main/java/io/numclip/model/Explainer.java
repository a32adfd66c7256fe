package io.numclip.model;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Explanation;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Explanation.Part;
import io.numclip.data.Prediction;
import io.numclip.spi.ConceptNumbers;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.adjustment.Adjustment;
import io.numclip.uncertainty.evidence.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains the predictions of a model. The network computes in float32; so that the parts of the concepts sum to the number, what
 * is lost by that is spread over the concepts.
 */
final class Explainer {

    private static final double ROUNDING = 1e-5; // of the size of the parts

    private final Bins bins;
    private final ClassConcepts classes;
    private final ConceptWords words;
    private final @Nullable FamiliarImages familiar;

    /**
     * @param bins the K classes of the heads
     * @param classes of which concept they are
     */
    Explainer(Bins bins, ClassConcepts classes, ConceptWords words, @Nullable FamiliarImages familiar) {
        this.bins = bins;
        this.classes = classes;
        this.words = words;
        this.familiar = familiar;
    }

    /** What the network found for N images and K classes; weights and numbers are empty where the fine head does not say. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(float[] values, float[] probabilities, float[] weights, float[] numbers) {

        static Found of(float[] values, float[] probabilities, Optional<ConceptNumbers> numbers) {
            return new Found(
                    values,
                    probabilities,
                    numbers.map(found -> found.weights().toFloatArray()).orElse(new float[0]),
                    numbers.map(found -> found.numbers().toFloatArray()).orElse(new float[0]));
        }

        Found adjusted(Adjustment by) {
            return new Found(by.of(values), probabilities, weights, by.of(numbers));
        }

        /** Whether the fine head says what each concept adds to the number. */
        boolean says(Bins bins) {
            int expected = values.length * bins.size();
            return weights.length == expected && numbers.length == expected;
        }

        /** What speaks for which number of an image; where the fine head does not say, its number alone. */
        Evidence evidence(int image, Bins bins) {
            return says(bins)
                    ? Evidence.of(row(weights, image, bins), row(numbers, image, bins))
                    : Evidence.of(values[image], bins);
        }

        /** (K) of an array (N, K). */
        static double[] row(float[] values, int row, Bins bins) {
            double[] numbers = new double[bins.size()];
            Arrays.setAll(numbers, k -> values[row * numbers.length + k]);
            return numbers;
        }
    }

    /** @param feature (D) of length 1 */
    Explanation explain(Found found, int image, float[] feature) {
        List<String> unexplained = new ArrayList<>();
        if (!words.problem().isEmpty()) {
            unexplained.add(words.problem());
        }
        List<Part> parts = parts(found, image, unexplained);
        double[] probabilities = Found.row(found.probabilities(), image, bins);
        List<Explanation.Concept> concepts = new ArrayList<>();
        for (int concept = 0; concept < classes.concepts().size(); concept++) {
            int[] members = classes.members(concept);
            concepts.add(new Explanation.Concept(
                    classes.concepts().get(concept).concept(),
                    words(members, probabilities),
                    parts.isEmpty()
                            ? null
                            : together(members, parts, classes.concepts().get(concept))));
        }
        return new Explanation(found.values()[image], concepts, neighbours(feature, unexplained), unexplained);
    }

    /** @return (K); empty if they are not known */
    private List<Part> parts(Found found, int image, List<String> unexplained) {
        if (!found.says(bins)) {
            unexplained.add("what each concept adds to the number: the fine head does not say");
            return List.of();
        }
        double[] weights = Found.row(found.weights(), image, bins);
        double[] numbers = Found.row(found.numbers(), image, bins);
        double sum = 0;
        double size = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * numbers[k];
            size += Math.abs(weights[k] * numbers[k]);
        }
        double rest = found.values()[image] - sum;
        if (!(Math.abs(rest) <= ROUNDING * (1 + size))) {
            unexplained.add("what each concept adds to the number: the fine head gives " + found.values()[image]
                    + ", and what it says of the concepts sums to " + sum);
            return List.of();
        }
        double share = rest / Arrays.stream(weights).sum();
        List<Part> parts = new ArrayList<>();
        for (int k = 0; k < weights.length; k++) {
            parts.add(new Part(weights[k], bins.get(k).anchor(), numbers[k] + share));
        }
        return parts;
    }

    /** The classes of a concept as their mean under the weights; where none has a weight, the concept stands for itself. */
    private static Part together(int[] members, List<Part> parts, Bin concept) {
        if (members.length == 1) {
            return parts.get(members[0]);
        }
        double weight = 0;
        double anchor = 0;
        double number = 0;
        for (int member : members) {
            Part part = parts.get(member);
            weight += part.weight();
            anchor += part.weight() * part.anchor();
            number += part.value();
        }
        return weight > 0
                ? new Part(weight, anchor / weight, number / weight)
                : new Part(0, concept.anchor(), concept.anchor());
    }

    private List<String> words(int[] members, double[] probabilities) {
        if (words.ofClasses().isEmpty() || members.length == 0) {
            return List.of();
        }
        double[] chances =
                Arrays.stream(members).mapToDouble(each -> probabilities[each]).toArray();
        return words.ofClasses().get(members[Prediction.indexOfLargest(chances)]);
    }

    private @Nullable Neighbours neighbours(float[] feature, List<String> unexplained) {
        if (familiar == null) {
            unexplained.add("the nearest training images: the model keeps none, as it cannot tell strange images");
            return null;
        }
        Neighbours nearest = familiar.nearest(feature, Neighbours.MOST).orElse(null);
        if (nearest == null) {
            unexplained.add("the nearest training images: the model does not know their names; it was trained with an"
                    + " earlier version, or handed on");
        }
        return nearest;
    }
}
