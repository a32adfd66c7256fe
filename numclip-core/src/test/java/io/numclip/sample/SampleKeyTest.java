package io.numclip.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Split;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleKeyTest {

    private static final SampleKey KEY = new SampleKey("world-1", Split.TRAIN, 7, 1);

    @Test
    void numbersAreTheSameOnEveryMachine() {
        assertThat(KEY.random("paint").between(0, 1)).isEqualTo(0.6421310439425862);
        assertThat(KEY.spread()).isEqualTo(0.9487733436916361);
    }

    @Test
    void eachPartOfTheKeyGivesOtherNumbers() {
        assertThat(new double[] {
                    first(KEY, "paint"),
                    first(KEY, "person"),
                    first(new SampleKey("world-2", Split.TRAIN, 7, 1), "paint"),
                    first(new SampleKey("world-1", Split.TEST, 7, 1), "paint"),
                    first(new SampleKey("world-1", Split.TRAIN, 8, 1), "paint"),
                    first(new SampleKey("world-1", Split.TRAIN, 7, 2), "paint")
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void spreadIsEvenInAnyRunOfIndices() {
        double[] spreads = IntStream.range(500, 600)
                .mapToDouble(index -> new SampleKey("world-1", Split.TEST, index, 3).spread())
                .sorted()
                .toArray();
        for (int i = 0; i < spreads.length; i++) {
            assertThat(spreads[i]).isCloseTo((i + 0.5) / spreads.length, within(0.02));
        }
    }

    @Test
    void fingerprintNamesWorldSplitIndexAndSeed() {
        assertThat(KEY.fingerprint()).isEqualTo("sample|world-1|train|7|1");
        assertThat(KEY.name()).isEqualTo("train-00007");
    }

    @Test
    void negativeIndexIsRefused() {
        assertThatThrownBy(() -> new SampleKey("world-1", Split.TRAIN, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
    }

    private static double first(SampleKey key, String stream) {
        return key.random(stream).between(0, 1);
    }
}
