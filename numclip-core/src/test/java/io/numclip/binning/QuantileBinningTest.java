package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.testing.BinningStrategyContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileBinningTest extends BinningStrategyContract<QuantileBinning.Config> {

    @Override
    protected QuantileBinning.Factory factory() {
        return new QuantileBinning.Factory();
    }

    @Override
    protected QuantileBinning.Config config() {
        return new QuantileBinning.Config(List.of("low", "middle", "high"), Anchor.MEDIAN);
    }

    @Test
    void countsAreEqual() {
        assertThat(fit(50, 1, 2, 30, 4, 60))
                .containsExactly(new Bin("low", 0, 3, 1.5), new Bin("middle", 3, 40, 17), new Bin("high", 40, 100, 55));
    }

    @Test
    void equalLabelsStayTogether() {
        assertThat(fit(1, 2, 2, 2, 2, 3).list())
                .containsExactly(
                        new Bin("low", 0, 1.5, 1), new Bin("middle", 1.5, 2.5, 2), new Bin("high", 2.5, 100, 3));
    }

    @Test
    void labelsAtBothEndsOfTheScaleLeaveNoEmptyBin() {
        assertThat(fit(0, 0, 0, 0, 100, 100, 100, 50))
                .containsExactly(
                        new Bin("low", 0, 25, 0), new Bin("middle", 25, 75, 50), new Bin("high", 75, 100, 100));
    }

    @Test
    void noBinIsEverEmpty() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            double[] labels = random.ints(3 + random.nextInt(30), 0, 3 + random.nextInt(12))
                    .asDoubleStream()
                    .toArray();
            if (Arrays.stream(labels).distinct().count() < 3) {
                continue;
            }
            Bins bins = fit(labels);
            assertThat(IntStream.range(0, 3))
                    .as("bins of %s", Arrays.toString(labels))
                    .allMatch(k -> Arrays.stream(labels).anyMatch(label -> bins.indexOf(label) == k));
        }
    }

    @Test
    void tooFewDifferentLabelsAreRefused() {
        assertThatThrownBy(() -> fit(1, 1, 2, 2))
                .isInstanceOf(NumClipException.class)
                .hasMessage(
                        "training labels — quantile binning with 3 concepts needs as many different labels, found 2");
    }

    private Bins fit(double... labels) {
        return factory().create(config(), new LabelScale(0, 100, "years")).fit(labels);
    }
}
