package io.numclip.uncertainty;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers of a user, as they were meant. */
public final class ExactNumber {

    private ExactNumber() {}

    /** All digits that tell it from other numbers; none behind the point of a whole number. */
    public static String text(double number) {
        return number == (long) number ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** So many digits of a number that was computed, without exponent and without zeros at the end: {@code 1000}, {@code 0.5}. */
    public static String text(double number, MathContext digits) {
        return new BigDecimal(number, digits).stripTrailingZeros().toPlainString();
    }
}
