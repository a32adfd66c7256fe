package io.numclip.tasks.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpotTest {

    private static final Spot SPOT = new Spot(10, 10, 4);

    @Test
    void touchingSpotsCoverNothing() {
        assertThat(SPOT.shareCoveredBy(new Spot(18, 10, 4))).isZero();
    }

    @Test
    void biggerSpotOnTopCoversEverything() {
        assertThat(SPOT.shareCoveredBy(new Spot(11, 10, 6))).isEqualTo(1);
    }

    @Test
    void smallerSpotOnTopCoversItsOwnArea() {
        assertThat(SPOT.shareCoveredBy(new Spot(11, 10, 2))).isEqualTo(0.25);
    }

    @Test
    void equalSpotsThatShareARadiusCoverTheKnownLens() {
        double lens = 2.0 / 3 - Math.sqrt(3) / (2 * Math.PI);
        assertThat(SPOT.shareCoveredBy(new Spot(14, 10, 4))).isCloseTo(lens, within(1e-12));
    }
}
