package io.numclip.data;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The ordered scale that a task's numbers live on.
 *
 * @param minimum lowest label, inclusive
 * @param maximum highest label, inclusive
 * @param unit plural noun for messages and reports, such as {@code years}
 * @param wholeNumbers whether all labels are whole numbers; then predictions are rounded, too
 */
public record LabelScale(double minimum, double maximum, String unit, boolean wholeNumbers) {

    /** What must be between the ends of a user's scale at least: figures have six decimals at most. */
    public static final BigDecimal NARROWEST = new BigDecimal("0.0001");

    public LabelScale {
        if (!Double.isFinite(minimum) || !Double.isFinite(maximum) || minimum >= maximum) {
            throw new IllegalArgumentException(
                    "a label scale needs minimum < maximum, both finite; found " + minimum + " and " + maximum);
        }
        if (wholeNumbers && !(isWhole(minimum) && isWhole(maximum))) {
            throw new IllegalArgumentException(
                    "a label scale of whole numbers ends with them; found " + minimum + " and " + maximum);
        }
    }

    /** A scale with numbers between the whole ones. */
    public LabelScale(double minimum, double maximum, String unit) {
        this(minimum, maximum, unit, false);
    }

    /** Whether a number lies between the two ends. */
    public boolean contains(double number) {
        return number >= minimum && number <= maximum;
    }

    /** Why a number cannot be a label, as "3.5 is …" goes on; empty if it can. */
    public Optional<String> problem(double label) {
        if (!contains(label)) {
            return Optional.of("outside " + minimum + " to " + maximum + " " + unit);
        }
        return wholeNumbers && !isWhole(label)
                ? Optional.of("not a whole number, which the task says that all are (task.wholeNumbers)")
                : Optional.empty();
    }

    /** The number of the scale that is nearest to a value; of two, the even one. */
    public double clamp(double value) {
        return wholeNumbers ? Math.rint(within(value)) : within(value);
    }

    /** The number between the two ends that is nearest to a value, not rounded. */
    public double within(double value) {
        return Math.max(minimum, Math.min(maximum, value));
    }

    /** Whether figures could not show the numbers of such a scale apart. */
    public static boolean isTooNarrow(double minimum, double maximum) {
        return Double.isFinite(maximum - minimum)
                && BigDecimal.valueOf(maximum)
                                .subtract(BigDecimal.valueOf(minimum))
                                .compareTo(NARROWEST)
                        < 0;
    }

    /** Whether nothing stands behind the point of a number. */
    public static boolean isWhole(double number) {
        return number == Math.rint(number);
    }
}
