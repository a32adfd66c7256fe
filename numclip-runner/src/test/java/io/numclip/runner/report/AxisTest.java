package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void numbersBesideItAreRound() {
        assertThat(Axis.exact("years", 0, 97).ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0);
        Axis small = Axis.exact("share", -0.13, 0.21);
        assertThat(small.ticks().stream().map(small::text)).containsExactly("−0.1", "0.0", "0.1", "0.2");
    }

    @Test
    void placesArePercentFromTheLeftAndFromTheTop() {
        Axis axis = Axis.exact("", 20, 60);
        assertThat(axis.across(30)).isEqualTo("25.00%");
        assertThat(axis.down(30)).isEqualTo("75.00%");
        assertThat(axis.across(70)).as("outside").isEqualTo("100.00%");
        assertThat(axis.length(30, 50)).isEqualTo("50.00%");
    }

    @Test
    void aRoundAxisEndsAtItsFirstAndLastTick() {
        Axis axis = Axis.round("", -0.7, 26.3);
        assertThat(axis.low()).isEqualTo(axis.ticks().get(0)).isLessThanOrEqualTo(-0.7);
        assertThat(axis.high())
                .isEqualTo(axis.ticks().get(axis.ticks().size() - 1))
                .isGreaterThanOrEqualTo(26.3);
    }

    @Test
    void equalNumbersHaveRoomAroundThem() {
        Axis axis = Axis.exact("", 5, 5);
        assertThat(axis.across(5)).isEqualTo("50.00%");
    }

    @Test
    void numbersThatAreTooLongHaveAnExponent() {
        Axis large = Axis.exact("", -1e9, 1.5e9);
        assertThat(large.ticks().stream().map(large::text)).containsExactly("−1e9", "−5e8", "0", "5e8", "1e9", "1.5e9");
        Axis small = Axis.exact("", 0, 3e-8);
        assertThat(small.ticks().stream().map(small::text)).containsExactly("0", "1e−8", "2e−8", "3e−8");
        Axis far = Axis.exact("", 12_000_000, 12_400_000);
        assertThat(far.ticks().stream().map(far::text))
                .containsExactly("1.2e7", "1.21e7", "1.22e7", "1.23e7", "1.24e7");
        Axis fits = Axis.exact("", 0, 400_000);
        assertThat(fits.ticks().stream().map(fits::text)).contains("100000", "400000");
    }
}
