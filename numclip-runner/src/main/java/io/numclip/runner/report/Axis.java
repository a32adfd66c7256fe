package io.numclip.runner.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps numbers to places in percent, and has round numbers to write beside them.
 *
 * @param title what the numbers are
 * @param ticks round numbers within the ends
 * @param step between two ticks
 */
record Axis(String title, double low, double high, List<Double> ticks, double step) {

    private static final int TICKS = 5;
    private static final int LONGEST = 7; // characters

    /** An axis from the one number to the other. */
    static Axis exact(String title, double low, double high) {
        double wider = low < high ? 0 : Math.max(0.5, Math.abs(low) / 20);
        double from = low - wider;
        double to = high + wider;
        return between(title, from, to, step((to - from) / TICKS));
    }

    private static Axis between(String title, double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
            ticks.add(k * step);
        }
        return new Axis(title, from, to, List.copyOf(ticks), step);
    }

    /** An axis like {@link #exact}, with whole numbers alone: there is no half epoch. */
    static Axis whole(String title, double low, double high) {
        Axis axis = exact(title, low, high);
        List<Double> ticks =
                axis.ticks.stream().filter(tick -> tick == Math.rint(tick)).toList();
        return new Axis(title, axis.low, axis.high, ticks, Math.max(1, axis.step));
    }

    /** An axis from a round number below the one to a round number above the other. */
    static Axis round(String title, double low, double high) {
        Axis exact = exact(title, low, high);
        double from = Math.floor(exact.low / exact.step + 1e-9) * exact.step;
        double to = Math.ceil(exact.high / exact.step - 1e-9) * exact.step;
        return between(title, from, to, exact.step);
    }

    /** 1, 2 or 5 times a power of ten, at least as large. */
    static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double first = least / power;
        return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
    }

    /** The place of a number, from the left. */
    String across(double number) {
        return percent(100 * share(number));
    }

    /** The place of a number, from the top. */
    String down(double number) {
        return percent(100 - 100 * share(number));
    }

    /** The distance between two numbers. */
    String length(double from, double to) {
        return percent(100 * Math.max(0, share(to) - share(from)));
    }

    /** Places outside the ends are moved to the nearer end. */
    double share(double number) {
        return Math.max(0, Math.min(1, (number - low) / (high - low)));
    }

    /**
     * A tick in words, with an exponent where one of the ticks would be too long for the room beside the chart: {@code
     * −2.5e9}.
     */
    String text(double tick) {
        boolean fits = ticks.stream().allMatch(each -> plain(each).length() <= LONGEST);
        String exponent = new BigDecimal(tick, new MathContext(LONGEST - 1))
                .stripTrailingZeros()
                .toString()
                .replaceFirst("E\\+?", "e");
        return (fits ? plain(tick) : exponent).replace('-', '−');
    }

    private String plain(double tick) {
        int decimals = Math.max(0, -(int) Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick == 0 ? 0.0 : tick);
    }

    /** Six digits, without zeros at the end: {@code 1000}, {@code −0.5}. */
    static String number(double number) {
        return number == 0
                ? "0"
                : new BigDecimal(number, new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                        .replace('-', '−');
    }

    private static String percent(double number) {
        return String.format(Locale.ROOT, "%.2f%%", number);
    }
}
