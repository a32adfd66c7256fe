package io.numclip.runner.chart;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers without the digits that only the arithmetic made. */
public final class Decimals {

    private static final MathContext DIGITS = new MathContext(6);

    private Decimals() {}

    /** Without exponent and without zeros at the end: {@code 1000}, {@code −0.5}. */
    public static String text(double number) {
        String text = number == 0
                ? "0"
                : new BigDecimal(number, DIGITS).stripTrailingZeros().toPlainString();
        return text.replace('-', '−');
    }
}
