package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every wording of number concepts keeps. */
public abstract class NumberPromptsContract<C extends Record> extends ComponentContract<NumberPrompts.Factory<C>, C> {

    protected Bins bins() {
        return new Bins(List.of(
                new Bin("child", 0, 13, 6), new Bin("teenager", 13, 19, 16), new Bin("older adult", 19, 100, 50)));
    }

    private List<NumberPrompt> prompts() {
        return factory().create(config()).promptsFor(bins());
    }

    @Test
    void everyBinHasOnePrompt() {
        assertThat(prompts())
                .as("promptsFor(): return one prompt per bin, in the order of the bins")
                .hasSize(bins().size());
    }

    @Test
    void promptsDiffer() {
        assertThat(prompts().stream().map(NumberPrompt::sentence))
                .as("promptsFor(): two bins with the same sentence cannot be told apart")
                .doesNotHaveDuplicates();
    }

    @Test
    void conceptsAreWords() {
        assertThat(prompts())
                .as("promptsFor(): the concept is what is learned, it must not be blank")
                .noneMatch(prompt -> prompt.concept().isBlank());
    }

    @Test
    void sameBinsGiveSamePrompts() {
        assertThat(prompts())
                .as("promptsFor(): depend on bins and settings only")
                .isEqualTo(prompts());
    }
}
