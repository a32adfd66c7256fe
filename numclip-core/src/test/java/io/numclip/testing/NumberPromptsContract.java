package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every wording of number concepts keeps: one prompt per bin, all different. A test is one subclass that names the
 * factory.
 *
 * @param <C> settings of the wording
 */
public abstract class NumberPromptsContract<C extends Record> extends ComponentContract<NumberPrompts.Factory<C>, C> {

    /** Number concepts to test with. Override it where the wording asks for special ones. */
    protected Bins bins() {
        return KitValues.AGES;
    }

    private List<NumberPrompt> prompts() {
        return factory().create(config()).promptsFor(bins());
    }

    @Test
    void everyBinHasOnePrompt() {
        assertThat(prompts())
                .as(
                        "promptsFor(): %d prompts for %d bins: return one prompt per bin, in the order of the bins",
                        prompts().size(), bins().size())
                .hasSize(bins().size());
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
                .as(
                        "promptsFor(): a concept is blank: give NumberPrompt the words that are learnt, such as bin.concept()")
                .noneMatch(prompt -> prompt.concept().isBlank());
    }

    @Test
    void sameBinsGiveSamePrompts() {
        assertThat(prompts())
                .as("promptsFor(): the same bins gave other prompts: depend on bins and settings only")
                .isEqualTo(prompts());
    }
}
