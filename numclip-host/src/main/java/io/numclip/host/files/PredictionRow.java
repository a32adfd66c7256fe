package io.numclip.host.files;

import io.numclip.data.Decision;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.PredictedModel;
import io.numclip.uncertainty.ExactNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One model's prediction of one image as named fields: the names that CSV, Parquet, JSON and HTTP have in common.
 *
 * <p>A table has a column for each probability, {@code p:young adult} and {@code atLeast:20}, and for each decision,
 * {@code below:18}. No other column of ours has a
 * colon in its name, except those that were in the user's list, which begin with {@link #INPUT}. So no concept can be called
 * like a field. In JSON these are objects: {@code "probabilities": {"young adult": 0.8}}.
 */
public record PredictionRow(PredictedModel model, Prediction prediction) {

    /** The image as the user named it. */
    public static final String FILE = "file";

    /** Why there is no number. */
    public static final String ERROR = "error";

    /** What the decoder says of damage in the file; there may be a number. */
    public static final String DAMAGED = "damaged";

    /** What is to be said of a number; only where a model has learned from no image. */
    static final String NOTE = "note";

    /** What the columns of the user's list begin with in a table; in JSON the object that has them is called {@code in}. */
    public static final String INPUT = "in:";

    /** What the column of a concept's probability begins with. */
    static final String PROBABILITY = "p:";

    private static final String AT_LEAST = "atLeast:";
    private static final List<String> PLAIN = List.of(
            "value",
            "unit",
            "lower",
            "upper",
            "coverage",
            "concept",
            "set",
            "strange",
            "familiarity",
            "outOfRange",
            "abstained",
            "model",
            "digest");

    /**
     * The columns of a table, the same for every image; {@link #FILE}, {@link #ERROR} and {@link #DAMAGED} are left to
     * the table.
     */
    public static List<String> columns(PredictedModel model) {
        List<String> names = new ArrayList<>(plain(model));
        model.concepts().forEach(concept -> names.add(PROBABILITY + concept));
        model.thresholds().forEach(threshold -> names.add(AT_LEAST + ExactNumber.text(threshold)));
        model.cuts().forEach(cut -> names.add(column(cut.name())));
        return names;
    }

    private static List<String> plain(PredictedModel model) {
        return model.fromWords()
                ? Stream.concat(PLAIN.stream(), Stream.of(NOTE)).toList()
                : PLAIN;
    }

    /**
     * A cell for each of the {@link #columns}.
     *
     * @return texts, numbers and truth values; null where nothing is known. Concepts of a set are joined by {@code |}.
     */
    public List<@Nullable Object> cells() {
        Map<String, Object> known = fields();
        List<@Nullable Object> cells = new ArrayList<>();
        for (String name : plain(model)) {
            Object value = known.get(name);
            cells.add(
                    value instanceof List<?> set
                            ? String.join("|", set.stream().map(String::valueOf).toList())
                            : value);
        }
        boolean failed = prediction.isFailed();
        cells.addAll(failed ? none(model.concepts()) : values(prediction.probabilities()));
        Uncertainty sure = prediction.uncertainty();
        cells.addAll(
                sure == null
                        ? none(model.thresholds())
                        : sure.atLeast().stream()
                                .map(Uncertainty.AtLeast::probability)
                                .toList());
        cells.addAll(
                sure == null
                        ? none(model.cuts())
                        : sure.decisions().stream().map(Decision::called).toList());
        return cells;
    }

    /** The column of a cut, such as {@code below:18}. */
    static String column(String cut) {
        return cut.replace(' ', ':');
    }

    /**
     * The fields of a JSON object, in order; what is not known is left out. What {@link Prediction#fields} has, and of
     * which model.
     */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.name());
        prediction.fields().forEach((name, value) -> {
            fields.put(name, value);
            if (name.equals("value")) {
                fields.put("unit", model.unit());
            }
        });
        fields.put("digest", model.digest());
        return fields;
    }

    private static List<Double> values(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    private static List<@Nullable Object> none(List<?> columns) {
        return Collections.nCopies(columns.size(), null);
    }
}
