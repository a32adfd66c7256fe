package io.numclip.host.propose;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Round numbers, as people write them. */
final class NiceNumbers {

    private static final List<BigDecimal> STEPS = List.of(BigDecimal.valueOf(5), BigDecimal.valueOf(2), BigDecimal.ONE);
    private static final int FINEST = -18;

    private NiceNumbers() {}

    /** A number without exponent and without zeros at the end: {@code 1000}, {@code 0.5}. */
    static String text(double number) {
        return number == 0 ? "0" : plain(BigDecimal.valueOf(number));
    }

    /** The roundest number above {@code low} and not above {@code high}; the nearest to the middle if several are. */
    static double between(double low, double high) {
        double middle = low + (high - low) / 2;
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent(high - low) + 1);
        for (int exponent = exponent(high - low) + 1; exponent >= exponent(high - low) + FINEST; exponent--) {
            for (BigDecimal step : STEPS) {
                double candidate = multiple(middle, step.multiply(power), RoundingMode.HALF_EVEN);
                if (candidate > low && candidate <= high) {
                    return candidate;
                }
            }
            power = power.movePointLeft(1);
        }
        return high;
    }

    /** The ends of the scale, moved outwards to round numbers, by at most half of the range between them. */
    static double below(double minimum, double maximum) {
        return multiple(minimum, step(minimum, maximum), RoundingMode.FLOOR);
    }

    static double above(double minimum, double maximum) {
        return multiple(maximum, step(minimum, maximum), RoundingMode.CEILING);
    }

    private static BigDecimal step(double minimum, double maximum) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent((maximum - minimum) / 2));
    }

    private static int exponent(double positive) {
        BigDecimal number = new BigDecimal(positive, MathContext.DECIMAL64);
        return number.precision() - number.scale() - 1;
    }

    private static double multiple(double number, BigDecimal step, RoundingMode rounding) {
        return BigDecimal.valueOf(number)
                .divide(step, 0, rounding)
                .multiply(step)
                .doubleValue();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
