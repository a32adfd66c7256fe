package io.numclip.data;

import java.util.Comparator;
import java.util.List;

/**
 * The answer for one image.
 *
 * @param value the number, in the unit of the label scale
 * @param concepts every number concept with its probability, in the order of the scale; probabilities sum to 1
 */
public record Prediction(double value, List<Concept> concepts) {

    /** A number concept and how likely it is. */
    public record Concept(String concept, double probability) {}

    public Prediction {
        concepts = List.copyOf(concepts);
    }

    /** The {@code count} likeliest concepts, likeliest first. */
    public List<Concept> likeliest(int count) {
        return concepts.stream()
                .sorted(Comparator.comparingDouble(Concept::probability).reversed())
                .limit(count)
                .toList();
    }
}
