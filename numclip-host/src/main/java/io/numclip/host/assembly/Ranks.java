package io.numclip.host.assembly;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.spi.NumberPrompts;
import java.util.List;

/** One class for every number of a task, with its number word. */
public record Ranks(ExperimentConfig.ZeroShot words, LabelScale scale) {

    Bins bins(double[] trainingLabels) {
        return Components.numberWords(words, scale).fit(trainingLabels);
    }

    /** The number words after the task's words for numbers. */
    List<NumberPrompt> prompts(Bins ranks) {
        return ranks.concepts().stream()
                .map(word -> NumberPrompt.of(words.numberContext(), word))
                .toList();
    }

    /** The same wording of numbers; a context that speaks of concepts becomes the task's words for numbers. */
    public NumberPrompts wording(NumberPrompts chosen) {
        return chosen.isContextRandom() ? chosen : new OfNumbers(chosen);
    }

    private final class OfNumbers implements NumberPrompts {

        private final NumberPrompts chosen;

        OfNumbers(NumberPrompts chosen) {
            this.chosen = chosen;
        }

        @Override
        public List<NumberPrompt> promptsFor(Bins bins) {
            return chosen.promptsFor(bins).stream()
                    .map(prompt -> NumberPrompt.of(words.numberContext(), prompt.concept()))
                    .toList();
        }

        @Override
        public double[][] interpolation(Bins bins) {
            return chosen.interpolation(bins);
        }
    }
}
