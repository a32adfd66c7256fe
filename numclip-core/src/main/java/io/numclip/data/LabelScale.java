package io.numclip.data;

/**
 * The ordered scale that a task's numbers live on.
 *
 * @param minimum lowest label, inclusive
 * @param maximum highest label, inclusive
 * @param unit plural noun for messages and reports, such as {@code years}
 */
public record LabelScale(double minimum, double maximum, String unit) {

    public LabelScale {
        if (!Double.isFinite(minimum) || !Double.isFinite(maximum) || minimum >= maximum) {
            throw new IllegalArgumentException(
                    "a label scale needs minimum < maximum, both finite; found " + minimum + " and " + maximum);
        }
    }

    public boolean contains(double label) {
        return label >= minimum && label <= maximum;
    }

    /** The number of the scale that is nearest to a value. */
    public double clamp(double value) {
        return Math.max(minimum, Math.min(maximum, value));
    }
}
