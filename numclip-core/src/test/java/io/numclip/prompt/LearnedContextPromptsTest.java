package io.numclip.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numclip.data.NumberPrompt;
import io.numclip.prompt.LearnedContextPrompts.Position;
import io.numclip.spi.NumberPrompts;
import io.numclip.testing.NumberPromptsContract;
import org.junit.jupiter.api.Test;

class LearnedContextPromptsTest extends NumberPromptsContract<LearnedContextPrompts.Config> {

    @Override
    protected LearnedContextPrompts.Factory factory() {
        return new LearnedContextPrompts.Factory();
    }

    @Test
    void withoutWordsThereIsAPlaceForEachRandomToken() {
        NumberPrompts prompts = prompts(4, "", Position.END);
        assertThat(prompts.isContextRandom()).isTrue();
        assertThat(prompts.promptsFor(bins()).get(0)).isEqualTo(new NumberPrompt("X X X X", "child"));
    }

    @Test
    void wordsAreWhatTheLearningBeginsWith() {
        NumberPrompts prompts = prompts(16, "a photo of a", Position.END);
        assertThat(prompts.isContextRandom()).isFalse();
        assertThat(prompts.promptsFor(bins()).get(1).sentence()).isEqualTo("a photo of a teenager.");
    }

    @Test
    void theConceptMayStandInTheMiddleOrFirst() {
        assertThat(prompts(5, "", Position.MIDDLE).promptsFor(bins()).get(0))
                .isEqualTo(new NumberPrompt("X X", "child", "X X X"));
        assertThat(prompts(5, "", Position.MIDDLE).isContextHalved()).isTrue();
        assertThat(prompts(5, "", Position.FRONT).isContextHalved()).isFalse();
        assertThat(prompts(2, "", Position.FRONT).promptsFor(bins()).get(0))
                .isEqualTo(new NumberPrompt("", "child", "X X"));
    }

    @Test
    void aContextNeedsTokens() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prompts(0, "", Position.END))
                .withMessage("tokens must lie within [1, 64]; found 0");
    }

    private NumberPrompts prompts(int tokens, String context, Position position) {
        return factory().create(new LearnedContextPrompts.Config(tokens, context, position));
    }
}
