package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * What every wording of number concepts must give: one prompt per bin, or several per bin for several wordings, all
 * different. A test is one subclass that provides the factory.
 *
 * @param <C> settings of the wording
 */
public abstract class NumberPromptsContract<C extends Record> extends ComponentContract<NumberPrompts.Factory<C>, C> {

    /** Number concepts to test with. Override it if the wording needs special ones. */
    protected Bins bins() {
        return KitValues.AGES;
    }

    private List<NumberPrompt> prompts() {
        return factory().create(config()).promptsFor(bins());
    }

    private double[][] interpolation() {
        return factory().create(config()).interpolation(bins());
    }

    @Test
    void everyWordingHasAPromptForEveryBin() {
        int concepts = interpolation().length == 0 ? bins().size() : interpolation()[0].length;
        assertThat(prompts())
                .as(
                        "promptsFor(): %d prompts for %d %s: return one prompt per bin, in the order of the bins; for"
                                + " several wordings, all bins in the first and then all in the next",
                        prompts().size(), concepts, interpolation().length == 0 ? "bins" : "base concepts")
                .isNotEmpty()
                .matches(prompts -> prompts.size() % concepts == 0);
    }

    @Test
    void interpolationMixesBaseConceptsForEveryBin() {
        double[][] weights = interpolation();
        if (weights.length == 0) {
            return;
        }
        assertThat(weights)
                .as("interpolation(): return one row of weights per bin")
                .hasNumberOfRows(bins().size());
        for (double[] row : weights) {
            assertThat(row)
                    .as("interpolation(): every row needs one weight for each base concept")
                    .hasSameSizeAs(weights[0]);
            assertThat(DoubleStream.of(row).sum())
                    .as("interpolation(): the weights of a bin must sum to 1: divide each by their sum")
                    .isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void promptsDiffer() {
        assertThat(prompts().stream().map(NumberPrompt::sentence))
                .as(
                        "promptsFor(): two bins with the same sentence cannot be told apart: put the concept of the bin into it")
                .doesNotHaveDuplicates();
    }

    @Test
    void conceptsAreWords() {
        assertThat(prompts())
                .as("promptsFor(): a concept is blank: give NumberPrompt the concept's words, such as bin.concept()")
                .noneMatch(prompt -> prompt.concept().isBlank());
    }

    @Test
    void sameBinsGiveSamePrompts() {
        assertThat(prompts())
                .as("promptsFor(): the same bins gave different prompts: depend on bins and settings only")
                .isEqualTo(prompts());
    }
}
