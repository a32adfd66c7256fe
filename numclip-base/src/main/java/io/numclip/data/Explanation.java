package io.numclip.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model came to its number for an image.
 *
 * @param number as the fine head gives it; the value of the prediction is the nearest one on the label scale, unless the words may
 *     mean numbers far apart or the image is unlike the training images
 * @param concepts every number concept, in the order of the scale
 * @param neighbours the training images that are most like it; null where the model does not know them by name
 * @param unexplained what cannot be said about this image and why, a sentence each
 */
public record Explanation(
        double number, List<Concept> concepts, @Nullable Neighbours neighbours, List<String> unexplained) {

    /**
     * A number concept.
     *
     * @param words the prompts that the image was compared with, one for each wording, as they were before training; empty
     *     where the model does not keep them or compares images with no words. A concept of several classes has those of its
     *     likeliest
     * @param part what it has to do with the number; null where the fine head does not say
     */
    public record Concept(
            String concept, List<String> words, @Nullable Part part) {

        public Concept {
            words = List.copyOf(words);
        }
    }

    /**
     * What a concept adds to the number: weight · number. The values of all concepts sum to {@link Explanation#number}.
     *
     * @param weight usually the probability that the network gave to the concept, before it was calibrated
     * @param anchor the number that stands for the concept, whatever the image
     * @param number where the fine head has moved the anchor for this image
     */
    public record Part(double weight, double anchor, double number) {

        public double value() {
            return weight * number;
        }
    }

    /**
     * Training images by how like they are.
     *
     * @param nearest likest first
     * @param kept how many training images the model keeps; the nearest are those of the kept
     * @param trained how many training images there were
     */
    public record Neighbours(List<Neighbour> nearest, int kept, int trained) {

        /** How many are named at most. */
        public static final int MOST = 3;

        public Neighbours {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * A training image.
     *
     * @param name as the list of the training images has it
     * @param label in the unit of the label scale
     * @param cosine of the angle between the features of the two images; 1 for the same image
     */
    public record Neighbour(String name, double label, double cosine) {}

    public Explanation {
        concepts = List.copyOf(concepts);
        unexplained = List.copyOf(unexplained);
    }

    /** Whether the fine head says what each concept has to do with the number. */
    public boolean hasParts() {
        return concepts.stream().allMatch(concept -> concept.part() != null);
    }

    /**
     * What the number would be if no anchor had been moved; the fine head has moved it from here to {@link #number}.
     *
     * @throws IllegalStateException if the fine head does not say
     */
    public double anchored() {
        return concepts.stream()
                .map(Concept::part)
                .mapToDouble(part -> {
                    if (part == null) {
                        throw new IllegalStateException("the fine head does not say what each concept adds");
                    }
                    return part.weight() * part.anchor();
                })
                .sum();
    }

    /** The fields of a JSON object, in order; what is not known is left out. */
    @JsonValue
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (hasParts()) {
            fields.put("anchored", anchored());
            fields.put("moved", number - anchored());
        }
        fields.put("refined", number);
        fields.put("concepts", concepts.stream().map(Explanation::fields).toList());
        Neighbours known = neighbours;
        if (known != null) {
            fields.put(
                    "nearest", known.nearest().stream().map(Explanation::fields).toList());
            fields.put("keptImages", known.kept());
            fields.put("trainingImages", known.trained());
        }
        if (!unexplained.isEmpty()) {
            fields.put("unexplained", unexplained);
        }
        return fields;
    }

    private static Map<String, Object> fields(Concept concept) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("concept", concept.concept());
        if (!concept.words().isEmpty()) {
            fields.put("words", concept.words());
        }
        Part part = concept.part();
        if (part != null) {
            fields.put("weight", part.weight());
            fields.put("anchor", part.anchor());
            fields.put("number", part.number());
            fields.put("part", part.value());
        }
        return fields;
    }

    private static Map<String, Object> fields(Neighbour neighbour) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", neighbour.name());
        fields.put("label", neighbour.label());
        fields.put("cosine", neighbour.cosine());
        return fields;
    }
}
