package io.numclip.data;

import java.util.List;

/** English words for whole numbers below a million, as CLIP's captions write them: no hyphen, no "and". */
public final class NumberWords {

    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

    private NumberWords() {}

    /** {@code 37} is {@code thirty seven}; {@code −5} is {@code minus five}. */
    public static String of(int number) {
        if (Math.abs((long) number) >= 1_000_000) {
            throw new IllegalArgumentException("only numbers below a million have words; found " + number);
        }
        return number < 0 ? "minus " + of(-number) : words(number);
    }

    /**
     * Years are read in pairs: {@code 1937} is {@code nineteen thirty seven}, {@code 1900} is {@code nineteen hundred}.
     */
    public static String ofYear(int year) {
        int century = year / 100;
        int rest = year % 100;
        boolean inPairs = year >= 1100 && year <= 9999 && century % 10 != 0;
        if (!inPairs) {
            return of(year);
        }
        if (rest == 0) {
            return of(century) + " hundred";
        }
        return of(century) + (rest < 10 ? " oh " : " ") + of(rest);
    }

    private static String words(int number) {
        if (number < 20) {
            return SMALL.get(number);
        }
        if (number < 100) {
            return TENS.get(number / 10) + rest(number % 10);
        }
        if (number < 1000) {
            return SMALL.get(number / 100) + " hundred" + rest(number % 100);
        }
        return words(number / 1000) + " thousand" + rest(number % 1000);
    }

    private static String rest(int number) {
        return number == 0 ? "" : " " + words(number);
    }
}
