package io.numclip.host.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlausibilityTest {

    private static final float[] DIGITS = {0, 1, 2, 3};

    @Test
    void aLabelIsDoubtedAsFarAsOthersHaveMoreChance() {
        double[][] shares = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0.7, 0, 0, 0.3}};
        Plausibility found = Plausibility.of(shares, DIGITS, 0, 1, 2, 3);
        assertThat(found.error()).isEqualTo(0.75);
        assertThat(found.likeliest()).containsExactly(0, 1, 2, 0);
        double near = Math.exp(-1 / (2 * 0.75 * 0.75)); // a step
        double far = Math.pow(near, 9); // three steps
        assertThat(found.doubts()[0]).isZero();
        assertThat(found.doubts()[3]).isEqualTo(1 - (0.3 + 0.7 * far) / (0.7 + 0.3 * far), within(1e-9));
    }

    @Test
    void whereNumbersAreNotToldApartANeighbourIsNoSuspect() {
        double[][] shares = {{0.5, 0.5, 0, 0}, {0, 0, 0.5, 0.5}, {0, 0.5, 0.5, 0}, {0.5, 0.5, 0, 0}};
        Plausibility found = Plausibility.of(shares, DIGITS, 1, 2, 3, 3);
        assertThat(found.doubts()[0]).isLessThan(0.1);
        assertThat(found.doubts()[2]).isBetween(found.doubts()[0], found.doubts()[3]);
        assertThat(found.doubts()[3]).isGreaterThan(0.5);
    }

    @Test
    void labelsWithoutErrorAreNotDoubted() {
        Plausibility found = Plausibility.of(new double[][] {{1, 0, 0, 0}, {0, 0, 0, 1}}, DIGITS, 0, 3);
        assertThat(found.error()).isZero();
        assertThat(found.doubts()).containsExactly(0, 0);
    }
}
