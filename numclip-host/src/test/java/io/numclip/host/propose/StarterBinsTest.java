package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.propose.StarterBins.StarterBin;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StarterBinsTest {

    private static final Vocabulary NUMBERS = Vocabulary.of("digits", 0, 9);
    private static final Vocabulary POOR = Vocabulary.of("points", 0, 9);

    @Test
    void fewWholeNumbersHaveAWordEach() {
        StarterBins bins = StarterBins.of(NUMBERS, 0, 2, 1, 1, 5, -3);
        assertThat(bins.minimum()).isEqualTo(-3);
        assertThat(bins.maximum()).isEqualTo(5);
        assertThat(bins.bins())
                .containsExactly(
                        new StarterBin("minus three", -1.5, 1),
                        new StarterBin("zero", 0.5, 1),
                        new StarterBin("one", 1.5, 2),
                        new StarterBin("two", 3.5, 1),
                        new StarterBin("five", null, 1));
    }

    @Test
    void manyNumbersFallIntoFiveBinsWithRoundEdges() {
        StarterBins bins = StarterBins.of(
                POOR, IntStream.rangeClosed(3, 987).asDoubleStream().toArray());
        assertThat(bins.bins())
                .extracting(StarterBin::concept)
                .containsExactly("very low", "low", "medium", "high", "very high");
        assertThat(bins.bins()).extracting(StarterBin::below).containsExactly(200.0, 400.0, 600.0, 800.0, null);
        assertThat(bins.minimum()).isZero();
        assertThat(bins.maximum()).isEqualTo(1000);
    }

    @Test
    void fractionsGetAsManyBinsAsThereAreNumbers() {
        assertThat(StarterBins.of(POOR, 0.5, 0.5, 1, 1, 1.5, 1.5).bins())
                .extracting(StarterBin::concept)
                .containsExactly("low", "medium", "high");
        assertThat(StarterBins.of(POOR, 0, 0.5).bins())
                .extracting(StarterBin::concept)
                .containsExactly("low", "high");
    }

    @Test
    void equalNumbersStayTogetherAndNoBinIsEmpty() {
        double[] labels = DoubleStream.concat(
                        DoubleStream.generate(() -> 0).limit(900),
                        IntStream.range(0, 100).asDoubleStream())
                .toArray();
        assertSound(StarterBins.of(POOR, labels), labels);
        double[] mostlyTop = Arrays.stream(labels).map(label -> 99.5 - label).toArray();
        assertSound(StarterBins.of(POOR, mostlyTop), mostlyTop);
    }

    @Test
    void allLabelsGiveSoundBins() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            double spread = Math.pow(10, random.nextInt(12) - 4);
            int grid = 1 + random.nextInt(40);
            double[] labels = random.doubles(10 + random.nextInt(200))
                    .map(label -> spread * Math.rint(label * label * grid) / grid - (grid % 3) * spread)
                    .toArray();
            labels[0] = 1.75 * spread;
            assertSound(StarterBins.of(POOR, labels), labels);
        }
    }

    private static void assertSound(StarterBins bins, double[] labels) {
        assertThat(DoubleStream.of(labels).min().orElseThrow()).isGreaterThanOrEqualTo(bins.minimum());
        assertThat(DoubleStream.of(labels).max().orElseThrow()).isLessThanOrEqualTo(bins.maximum());
        assertThat(bins.bins()).hasSizeGreaterThan(1).allMatch(bin -> bin.images() > 0);
        assertThat(bins.bins().stream().mapToInt(StarterBin::images).sum()).isEqualTo(labels.length);
        double before = bins.minimum();
        for (StarterBin bin : bins.bins().subList(0, bins.bins().size() - 1)) {
            assertThat(bin.below()).isGreaterThan(before).isLessThan(bins.maximum());
            before = bin.below();
        }
        assertThat(bins.bins().get(bins.bins().size() - 1).below()).isNull();
    }
}
