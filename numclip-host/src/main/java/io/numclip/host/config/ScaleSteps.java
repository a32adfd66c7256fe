package io.numclip.host.config;

import io.numclip.uncertainty.ExactNumber;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/** Steps of equal width on a scale. */
public final class ScaleSteps {

    private static final int COUNT = 10;

    /** Without the last digits, in which a calculation goes wrong. */
    private static final MathContext CALCULATED = new MathContext(12);

    private ScaleSteps() {}

    /** The number in the middle of each step, without exponent and without zeros at the end: {@code 1000}, {@code 0.5}. */
    public static List<String> words(double minimum, double maximum) {
        double width = (maximum - minimum) / COUNT;
        return IntStream.range(0, COUNT)
                .mapToObj(i -> ExactNumber.text(minimum + (i + 0.5) * width, CALCULATED))
                .toList();
    }
}
