package io.numclip.uncertainty;

import java.util.Locale;

/** One of the two sides of an edge; the edge itself belongs to neither. */
public enum Side {
    BELOW,
    ABOVE;

    /** Whether a number lies on this side. */
    boolean holds(double number, double edge) {
        return this == BELOW ? number < edge : number > edge;
    }

    /** Grows from what is surely on this side to what is surely on the other; its own inverse. */
    public double score(double value) {
        return this == BELOW ? value : -value;
    }

    /** In words, such as {@code below 18}. */
    String of(double edge) {
        return this + " " + ExactNumber.text(edge);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
