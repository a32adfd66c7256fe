package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BinningStrategy;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every binning strategy must do: return bins that cover the label scale, the same for the same labels. A test is
 * one subclass that provides the factory.
 *
 * @param <C> settings of the strategy
 */
public abstract class BinningStrategyContract<C extends Record>
        extends ComponentContract<BinningStrategy.Factory<C>, C> {

    /** Label scale to test with. Override it if the strategy needs a special one. */
    protected LabelScale scale() {
        return new LabelScale(0, 100, "years");
    }

    /** Labels of a training split on {@link #scale()}: uneven, with ties, unsorted. */
    protected double[] trainingLabels() {
        double width = scale().maximum() - scale().minimum();
        return IntStream.range(0, 200)
                .mapToDouble(i -> scale().minimum() + Math.rint(width * ((i * 37) % 100) * ((i * 37) % 100) / 10_000.0))
                .toArray();
    }

    private BinningStrategy strategy() {
        return factory().create(config(), scale());
    }

    private Bins fit(BinningStrategy strategy, double[] labels) {
        try {
            return strategy.fit(labels);
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "fit() threw on " + labels.length + " labels of " + scale() + " (" + e.getMessage()
                            + "): return bins that touch, each beginning where the one before ends, from the bottom of"
                            + " the scale to its top",
                    e);
        }
    }

    @Test
    void binsCoverTheWholeScale() {
        Bins bins = fit(strategy(), trainingLabels());
        assertThat(bins.get(0).lower())
                .as("fit(): labels below the first bin belong to no bin: begin it at the bottom of the scale")
                .isEqualTo(scale().minimum());
        assertThat(bins.get(bins.size() - 1).upper())
                .as("fit(): labels above the last bin belong to no bin: end it at the top of the scale")
                .isEqualTo(scale().maximum());
    }

    @Test
    void everyLabelLiesInItsBin() {
        Bins bins = fit(strategy(), trainingLabels());
        for (double label : trainingLabels()) {
            Bin bin = bins.get(bins.indexOf(label));
            assertThat(label).as("fit(): a label must lie in its bin %s", bin).isBetween(bin.lower(), bin.upper());
        }
    }

    @Test
    void anchorsIncrease() {
        assertThat(fit(strategy(), trainingLabels()).anchors())
                .as("fit(): a higher bin must not have a lower anchor: sort the anchors like the bins")
                .isSorted();
    }

    @Test
    void sameLabelsGiveSameBins() {
        BinningStrategy strategy = strategy();
        assertThat(fit(strategy, trainingLabels()))
                .as("fit(): the same labels gave different bins: use no random numbers, keep no state between calls")
                .isEqualTo(fit(strategy, trainingLabels()))
                .isEqualTo(fit(strategy(), trainingLabels()));
    }

    @Test
    void orderOfLabelsDoesNotMatter() {
        double[] sorted = DoubleStream.of(trainingLabels()).sorted().toArray();
        assertThat(fit(strategy(), sorted))
                .as("fit(): the order of the labels must not matter: sort a copy first")
                .isEqualTo(fit(strategy(), trainingLabels()));
    }

    @Test
    void labelsAreLeftAsTheyWere() {
        double[] labels = trainingLabels();
        fit(strategy(), labels);
        assertThat(labels).as("fit(): sort a copy, not the caller's array").isEqualTo(trainingLabels());
    }
}
