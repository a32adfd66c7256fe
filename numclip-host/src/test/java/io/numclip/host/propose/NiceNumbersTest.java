package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiceNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "187, 213, 200",
        "0, 1, 0.5",
        "0.43, 0.61, 0.5",
        "3, 4, 4",
        "-13, -11, -12",
        "1949, 1961, 1950",
        "0.000012, 0.000013, 0.0000125",
        "1e8, 3e8, 2e8",
        "-1, 1, 0"
    })
    void theRoundestNumberBetweenTwoIsTheOneWithTheFewestDigits(double low, double high, double round) {
        assertThat(NiceNumbers.between(low, high)).isEqualTo(round);
    }

    @Test
    void theNextNumberIsBetweenIfNothingElseIs() {
        double next = Math.nextUp(0.1);
        assertThat(NiceNumbers.between(0.1, next)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "3.2, 987, 0, 1000",
        "18, 93, 10, 100",
        "1, 5, 1, 5",
        "3, 15, 3, 15",
        "-7.5, 0.2, -8, 1",
        "0, 0.8, 0, 0.8"
    })
    void aScaleEndsAtRoundNumbersAroundItsLabels(double lowest, double highest, double minimum, double maximum) {
        assertThat(NiceNumbers.below(lowest, highest)).isEqualTo(minimum);
        assertThat(NiceNumbers.above(lowest, highest)).isEqualTo(maximum);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "1e6, 1000000", "0.5, 0.5", "-0.0, 0", "1e-7, 0.0000001"})
    void numbersAreWrittenWithoutExponentsAndIdleZeros(double number, String text) {
        assertThat(NiceNumbers.text(number)).isEqualTo(text);
    }
}
