package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ConformalQuantileTest {

    @Test
    void oneMoreImageIsCountedThanThereIs() {
        assertThat(ConformalQuantile.of(oneTo(99), 0.9)).isEqualTo(90);
        assertThat(ConformalQuantile.of(oneTo(100), 0.9)).isEqualTo(91);
        assertThat(ConformalQuantile.of(oneTo(9), 0.9)).isEqualTo(9);
    }

    @Test
    void aHigherCoverageNeedsMoreImages() {
        assertThat(ConformalQuantile.fewest(0.5)).isEqualTo(1);
        assertThat(ConformalQuantile.fewest(0.8)).isEqualTo(4);
        assertThat(ConformalQuantile.fewest(0.9)).isEqualTo(9);
        assertThat(ConformalQuantile.fewest(0.95)).isEqualTo(19);
        assertThat(ConformalQuantile.fewest(0.99)).isEqualTo(99);
    }

    @Test
    void aGroupCountsOnceHoweverManyImagesItHas() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7};
        List<String> alone = List.of("a", "b", "c", "d", "e", "f", "g");
        assertThat(ConformalQuantile.ofGroups(scores, alone, 0.5)).isEqualTo(ConformalQuantile.of(scores, 0.5));
        // half of 4 groups and of a new one: a with 1, b with 1, a half of c
        List<String> fourGroups = List.of("a", "b", "c", "c", "d", "d", "d");
        assertThat(ConformalQuantile.ofGroups(scores, fourGroups, 0.5)).isEqualTo(3);
        assertThat(ConformalQuantile.ofGroups(scores, fourGroups, 0.8)).isEqualTo(7);
        assertThat(ConformalQuantile.ofGroups(scores, fourGroups, 0.85)).isInfinite();
    }

    @Test
    void tooFewScoresAreRefused() {
        assertThatThrownBy(() -> ConformalQuantile.of(oneTo(8), 0.9))
                .hasMessage("a coverage of 0.9 needs at least 9 calibration images; found 8");
    }

    @Test
    void aCoverageOfEverythingIsRefused() {
        assertThatThrownBy(() ->
                        new UncertaintyConfig(1, 0.5, IntervalForm.PLAIN, 0.05, 0, "", Target.defaults(), List.of()))
                .hasMessage("coverage must be at least 0.5 and below 1; found 1.0");
    }

    /** In no order. */
    private static double[] oneTo(int count) {
        return DoubleStream.iterate(1, number -> number + 1)
                .limit(count)
                .map(number -> count + 1 - number)
                .toArray();
    }
}
