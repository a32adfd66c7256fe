package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every binning strategy keeps. */
public abstract class BinningStrategyContract<C extends Record>
        extends ComponentContract<BinningStrategy.Factory<C>, C> {

    protected LabelScale scale() {
        return new LabelScale(0, 100, "years");
    }

    /** Labels of a training split on {@link #scale()}: uneven, with ties, in no order. */
    protected double[] trainingLabels() {
        double width = scale().maximum() - scale().minimum();
        return IntStream.range(0, 200)
                .mapToDouble(i -> scale().minimum() + Math.rint(width * ((i * 37) % 100) * ((i * 37) % 100) / 10_000.0))
                .toArray();
    }

    private BinningStrategy strategy() {
        return factory().create(config(), scale());
    }

    @Test
    void binsCoverTheWholeScale() {
        Bins bins = strategy().fit(trainingLabels());
        assertThat(bins.get(0).lower())
                .as("fit(): begin the first bin at the bottom of the scale")
                .isEqualTo(scale().minimum());
        assertThat(bins.get(bins.size() - 1).upper())
                .as("fit(): end the last bin at the top of the scale")
                .isEqualTo(scale().maximum());
    }

    @Test
    void everyLabelLiesInItsBin() {
        Bins bins = strategy().fit(trainingLabels());
        for (double label : trainingLabels()) {
            Bin bin = bins.get(bins.indexOf(label));
            assertThat(label).as("fit(): a label must lie in its bin %s", bin).isBetween(bin.lower(), bin.upper());
        }
    }

    @Test
    void anchorsIncrease() {
        assertThat(strategy().fit(trainingLabels()).anchors())
                .as("fit(): a higher bin must not have a lower anchor")
                .isSorted();
    }

    @Test
    void sameLabelsGiveSameBins() {
        BinningStrategy strategy = strategy();
        assertThat(strategy.fit(trainingLabels()))
                .as("fit(): do not keep state between calls")
                .isEqualTo(strategy.fit(trainingLabels()))
                .isEqualTo(strategy().fit(trainingLabels()));
    }

    @Test
    void orderOfLabelsDoesNotMatter() {
        double[] sorted = DoubleStream.of(trainingLabels()).sorted().toArray();
        assertThat(strategy().fit(sorted))
                .as("fit(): do not depend on the order of the labels")
                .isEqualTo(strategy().fit(trainingLabels()));
    }

    @Test
    void labelsAreLeftAsTheyWere() {
        double[] labels = trainingLabels();
        strategy().fit(labels);
        assertThat(labels).as("fit(): sort a copy, not the caller's array").isEqualTo(trainingLabels());
    }
}
