package io.numclip.tasks.aesthetics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlawsTest {

    @Test
    void flawlessShotHasNoFlaw() {
        assertThat(sum(Flaws.forQuality(1, random(0)))).isZero();
    }

    @Test
    void strengthsAddUpToWhatTheQualitySays() {
        IntStream.range(0, 100)
                .forEach(i -> assertThat(sum(Flaws.forQuality(0.7, random(i)))).isEqualTo(0.78, within(1e-9)));
    }

    @Test
    void noFlawIsStrongerThanFull() {
        IntStream.range(0, 100)
                .forEach(i -> assertThat(
                                Flaws.forQuality(0, random(i)).strengths().values())
                        .hasSizeBetween(3, 5)
                        .allMatch(strength -> strength <= 1));
    }

    @Test
    void noShotIsTooDarkAndTooBright() {
        IntStream.range(0, 200)
                .mapToObj(i -> Flaws.forQuality(0.2, random(i)))
                .forEach(flaws -> assertThat(flaws.of(Flaw.TOO_DARK) * flaws.of(Flaw.TOO_BRIGHT))
                        .isZero());
    }

    private static double sum(Flaws flaws) {
        return flaws.strengths().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static SampleRandom random(int index) {
        return new SampleKey("test-1", Split.TRAIN, index, 1).random("flaws");
    }
}
