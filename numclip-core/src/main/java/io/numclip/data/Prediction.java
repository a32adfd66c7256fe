package io.numclip.data;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one image.
 *
 * @param value the number, in the unit of the label scale
 * @param concepts every number concept with its probability, in the order of the scale; probabilities sum to 1
 * @param uncertainty how sure that is; null where the model is not calibrated
 */
public record Prediction(
        double value, List<Concept> concepts, @Nullable Uncertainty uncertainty) {

    /** A number concept and how likely it is. */
    public record Concept(String concept, double probability) {}

    public Prediction {
        concepts = List.copyOf(concepts);
    }

    /** Of a model that is not calibrated. */
    public Prediction(double value, List<Concept> concepts) {
        this(value, concepts, null);
    }

    /** The {@code count} likeliest concepts, likeliest first. */
    public List<Concept> likeliest(int count) {
        return concepts.stream()
                .sorted(Comparator.comparingDouble(Concept::probability).reversed())
                .limit(count)
                .toList();
    }

    /** In the order of the scale; (K). */
    public double[] probabilities() {
        return concepts.stream().mapToDouble(Concept::probability).toArray();
    }
}
