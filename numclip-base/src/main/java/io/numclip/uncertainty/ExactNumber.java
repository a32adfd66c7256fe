package io.numclip.uncertainty;

/** Numbers of a user, as they were meant. */
public final class ExactNumber {

    private ExactNumber() {}

    /** All digits that tell it from other numbers; none behind the point of a whole number. */
    public static String text(double number) {
        return number == (long) number ? String.valueOf((long) number) : String.valueOf(number);
    }
}
