package io.numclip.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleRandomTest {

    private static final int DRAWS = 4000;

    private final SampleRandom random = new SampleRandom(1);

    @Test
    void wholeNumbersReachBothEnds() {
        assertThat(IntStream.range(0, DRAWS)
                        .map(i -> random.whole(3, 5))
                        .distinct()
                        .boxed())
                .containsExactlyInAnyOrder(3, 4, 5);
    }

    @Test
    void everyChoiceIsPicked() {
        List<String> choices = List.of("a", "b", "c");
        assertThat(IntStream.range(0, DRAWS).mapToObj(i -> random.pick(choices)).distinct())
                .containsExactlyInAnyOrderElementsOf(choices);
    }

    @Test
    void chanceIsItsProbability() {
        long hits = IntStream.range(0, DRAWS).filter(i -> random.chance(0.3)).count();
        assertThat(hits / (double) DRAWS).isCloseTo(0.3, within(0.03));
    }

    @Test
    void bellHasItsMeanAndDeviation() {
        double[] draws =
                DoubleStream.generate(() -> random.bell(10, 2)).limit(DRAWS).toArray();
        double mean = DoubleStream.of(draws).average().orElseThrow();
        double variance = DoubleStream.of(draws)
                .map(draw -> (draw - mean) * (draw - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(10, within(0.15));
        assertThat(Math.sqrt(variance)).isCloseTo(2, within(0.1));
    }
}
