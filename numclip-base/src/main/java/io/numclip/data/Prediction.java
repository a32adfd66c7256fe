package io.numclip.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model predicts for one image, or why it predicts nothing.
 *
 * @param value the number, in the unit of the label scale
 * @param concepts every number concept with its probability, in the order of the scale; probabilities sum to 1
 * @param uncertainty how certain the prediction is; null where the model is not calibrated
 * @param familiarity whether the image looks like those of the training; null where the model cannot tell
 * @param problem why the image has no prediction, such as a damaged file; null where it has one
 * @param explanation how the model came to the number; null unless it was asked for
 * @param damage what the image's decoder says of damage in the file, though it gave all pixels: the number may be wrong; null
 *     where it says nothing
 */
public record Prediction(
        double value,
        List<Concept> concepts,
        @Nullable Uncertainty uncertainty,
        @Nullable Familiarity familiarity,
        @Nullable String problem,
        @Nullable Explanation explanation,
        @Nullable String damage) {

    /** A number concept and how likely it is. */
    public record Concept(String concept, double probability) {}

    public Prediction {
        concepts = List.copyOf(concepts);
    }

    /** A prediction for an image of which no damage is known. */
    public Prediction(
            double value,
            List<Concept> concepts,
            @Nullable Uncertainty uncertainty,
            @Nullable Familiarity familiarity,
            @Nullable String problem,
            @Nullable Explanation explanation) {
        this(value, concepts, uncertainty, familiarity, problem, explanation, null);
    }

    /** A prediction that was not explained. */
    public Prediction(
            double value,
            List<Concept> concepts,
            @Nullable Uncertainty uncertainty,
            @Nullable Familiarity familiarity,
            @Nullable String problem) {
        this(value, concepts, uncertainty, familiarity, problem, null);
    }

    /** A prediction that does not say whether the image is familiar. */
    public Prediction(
            double value, List<Concept> concepts, @Nullable Uncertainty uncertainty, @Nullable String problem) {
        this(value, concepts, uncertainty, null, problem);
    }

    /** The prediction of a calibrated model. */
    public Prediction(double value, List<Concept> concepts, @Nullable Uncertainty uncertainty) {
        this(value, concepts, uncertainty, null, null);
    }

    /** The prediction of a model that is not calibrated. */
    public Prediction(double value, List<Concept> concepts) {
        this(value, concepts, null, null, null);
    }

    /** For an image that cannot be read: no number and no concepts. */
    public static Prediction failed(String problem) {
        return new Prediction(Double.NaN, List.of(), null, null, problem);
    }

    /** Whether there is no number; {@link #problem} says why. */
    public boolean isFailed() {
        return problem != null;
    }

    /** @throws IllegalStateException if the image has no prediction */
    @Override
    public double value() {
        if (problem != null) {
            throw new IllegalStateException("there is no number: " + problem);
        }
        return value;
    }

    /** Where the label is expected; empty where nothing is known of it. */
    public Optional<Uncertainty.Interval> interval() {
        return Optional.ofNullable(uncertainty).map(Uncertainty::interval);
    }

    /** Which side of each cut of the model the image is called to be on; empty where it has no cuts. */
    public List<Decision> decisions() {
        return uncertainty == null ? List.of() : uncertainty.decisions();
    }

    /** Whether the image looks unlike those of the training; false where the model cannot tell. */
    public boolean isStrange() {
        return familiarity != null && familiarity.strange();
    }

    /** Whether the file of the image is damaged, as far as its decoder says; {@link #damage} has its words. */
    public boolean isDamaged() {
        return damage != null;
    }

    /** The same prediction for an image whose decoder says this, or nothing, of damage. */
    public Prediction withDamage(@Nullable String words) {
        return new Prediction(value, concepts, uncertainty, familiarity, problem, explanation, words);
    }

    /** The {@code count} likeliest concepts, likeliest first. */
    public List<Concept> likeliest(int count) {
        return concepts.stream()
                .sorted(Comparator.comparingDouble(Concept::probability).reversed())
                .limit(count)
                .toList();
    }

    /** The concept in which the number lies; the likeliest, where the model is not calibrated. Not for an image that failed. */
    public Concept concept() {
        return concepts.get(conceptIndex());
    }

    /** Index of {@link #concept}, from 0. */
    public int conceptIndex() {
        if (uncertainty == null || uncertainty.atLeast().size() != concepts.size() - 1) {
            return indexOfLargest(probabilities());
        }
        return (int) uncertainty.atLeast().stream()
                .filter(edge -> value >= edge.threshold())
                .count();
    }

    /** Probabilities (K) of the concepts, in the order of the scale. */
    public double[] probabilities() {
        return concepts.stream().mapToDouble(Concept::probability).toArray();
    }

    /**
     * This as named fields, in the order and by the names of the rows of {@code predict}; what is not known is left out, and
     * an image that failed has an {@code error} in place of a number. Jackson writes a prediction as this object.
     */
    @JsonValue
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (problem != null) {
            fields.put("error", problem);
        } else {
            fields.put("value", value);
            addInterval(fields, uncertainty);
            if (!concepts.isEmpty()) {
                fields.put("concept", concept().concept());
            }
            addFamiliarity(fields, familiarity);
            addProbabilities(fields);
            if (explanation != null) {
                fields.put("explanation", explanation.fields());
            }
        }
        if (damage != null) {
            fields.put("damaged", damage);
        }
        return fields;
    }

    private static void addInterval(Map<String, Object> fields, @Nullable Uncertainty sure) {
        if (sure != null) {
            fields.put("lower", sure.interval().lower());
            fields.put("upper", sure.interval().upper());
            fields.put("coverage", sure.coverage());
            fields.put("set", sure.concepts());
            fields.put("outOfRange", sure.outOfRange());
            fields.put("abstained", sure.abstained());
            addDecisions(fields, sure);
            if (sure.fromWords()) {
                fields.put("note", Uncertainty.FROM_WORDS);
            }
        }
    }

    private static void addDecisions(Map<String, Object> fields, Uncertainty sure) {
        if (!sure.decisions().isEmpty()) {
            Map<String, Boolean> decisions = new LinkedHashMap<>();
            sure.decisions().forEach(decision -> decisions.put(decision.cut(), decision.called()));
            fields.put("decisions", decisions);
        }
    }

    private static void addFamiliarity(Map<String, Object> fields, @Nullable Familiarity familiarity) {
        if (familiarity != null) {
            fields.put("strange", familiarity.strange());
            fields.put("familiarity", familiarity.chance());
        }
    }

    private void addProbabilities(Map<String, Object> fields) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        concepts.forEach(each -> probabilities.put(each.concept(), each.probability()));
        fields.put("probabilities", probabilities);
        Uncertainty sure = uncertainty;
        if (sure != null) {
            Map<String, Double> atLeast = new LinkedHashMap<>();
            sure.atLeast().forEach(each -> atLeast.put(text(each.threshold()), each.probability()));
            fields.put("atLeast", atLeast);
        }
    }

    private static String text(double number) {
        return LabelScale.isWhole(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    @Override
    public String toString() {
        return "Prediction" + fields();
    }

    /** Index of the largest number; of the first, where several are equal. */
    public static int indexOfLargest(double... numbers) {
        int largest = 0;
        for (int i = 1; i < numbers.length; i++) {
            largest = numbers[i] > numbers[largest] ? i : largest;
        }
        return largest;
    }
}
