package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongTailTest {

    @ParameterizedTest
    @CsvSource({"0, few", "19, few", "20, medium", "100, medium", "101, many"})
    void thresholdsAreThoseOfTheLiterature(int count, String shots) {
        assertThat(Shots.of(count)).hasToString(shots);
    }

    @Test
    void labelsAreSortedByTheirTrainingImages() {
        LongTail tail = new LongTail(DoubleStream.concat(
                        DoubleStream.generate(() -> 30).limit(101),
                        DoubleStream.generate(() -> 40.5).limit(20))
                .toArray());
        assertThat(tail.shots(30)).isEqualTo(Shots.MANY);
        assertThat(tail.shots(40.5)).isEqualTo(Shots.MEDIUM);
        assertThat(tail.shots(40)).isEqualTo(Shots.FEW);
    }
}
