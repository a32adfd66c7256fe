package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.uncertainty.evidence.Nearby;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamiliarImagesTest {

    /** The rarest of n held-out images and a new one has a share of 1 / (n + 1). */
    @ParameterizedTest
    @CsvSource({"0.05, 18, false", "0.05, 19, true", "0.1, 9, true", "0.1, 8, false", "0.5, 1, true"})
    void itCanTellFromTheFewestHeldOutImagesOn(double rate, int heldOut, boolean canTell) {
        float[] far = {0, 1};
        FamiliarImages familiar =
                new FamiliarImages(new float[][] {{1, 0}}, new float[heldOut], rate, heldOut, null, null);
        assertThat(familiar.canTell()).isEqualTo(canTell);
        assertThat(familiar.of(far).strange()).isEqualTo(canTell);
        assertThat(FamiliarImages.fewest(rate) <= heldOut).isEqualTo(canTell);
    }

    /** An engine that rounds in another way must not choose another image. */
    @Test
    void noRoundingChoosesAmongTheNearestImages() {
        double here = saidBetween(1e-6);
        double there = saidBetween(-1e-6);
        assertThat(here).isCloseTo(there, within(1e-2));
        assertThat(here).isBetween(10.0, 90.0);
    }

    /** Four images a little nearer, and two of 10 and 90 years that are equally far but for a rounding. */
    private static double saidBetween(double rounding) {
        float[] asked = {1, 0};
        double[] angles = {1, -1.02, 1.04, -1.06, 1.1, -1.1 - rounding};
        float[][] training = Arrays.stream(angles)
                .mapToObj(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
                .toArray(float[][]::new);
        float[] labels = {50, 50, 50, 50, 10, 90};
        FamiliarImages familiar = new FamiliarImages(training, new float[] {0.1f}, 0.1, 1, null, labels);
        Nearby nearby = familiar.nearby(asked, familiar.distance(asked), TestingAges.BINS)
                .orElseThrow();
        return IntStream.range(0, TestingAges.BINS.size())
                .mapToDouble(k -> nearby.shares()[k] * nearby.numbers()[k])
                .sum();
    }

    /** A picture that was copied, or fewer pictures than neighbours. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 9})
    void imagesThatAreEquallyFarSpeakEqually(int images) {
        float[][] training = new float[images][];
        float[] labels = new float[images];
        for (int s = 0; s < images; s++) {
            training[s] = new float[] {1, 0};
            labels[s] = s % 2 == 0 ? 20 : 30; // young adults
        }
        float[] asked = {0, 1};
        FamiliarImages familiar = new FamiliarImages(training, new float[] {0.1f}, 0.1, 1, null, labels);
        Nearby nearby = familiar.nearby(asked, familiar.distance(asked), TestingAges.BINS)
                .orElseThrow();
        double mean =
                IntStream.range(0, images).mapToDouble(s -> labels[s]).average().orElseThrow();
        int concept = TestingAges.BINS.indexOf(25);
        assertThat(nearby.shares()[concept]).isCloseTo(1, within(1e-9));
        assertThat(nearby.numbers()[concept]).isCloseTo(mean, within(1e-6));
    }
}
