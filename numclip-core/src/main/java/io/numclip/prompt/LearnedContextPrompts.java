package io.numclip.prompt;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.NumberPrompts;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * A learnable context, shared by all concepts: [V]1 … [V]M [concept] (CoOp, Zhou et al., "Learning to Prompt for
 * Vision-Language Models", IJCV 2022, equation 2). To train nothing else, give only {@code context} a learning rate.
 */
public final class LearnedContextPrompts implements NumberPrompts {

    /** CoOp's placeholder for a token without a word. */
    private static final String PLACEHOLDER = "X";

    private final Config config;

    private LearnedContextPrompts(Config config) {
        this.config = config;
    }

    @Override
    public List<NumberPrompt> promptsFor(Bins bins) {
        List<String> words = isContextRandom()
                ? Collections.nCopies(config.tokens(), PLACEHOLDER)
                : List.of(config.context().split("\\s+"));
        int before = switch (config.position()) {
            case END -> words.size();
            case MIDDLE -> words.size() / 2;
            case FRONT -> 0;
        };
        String context = String.join(" ", words.subList(0, before));
        String ending = String.join(" ", words.subList(before, words.size()));
        return bins.concepts().stream()
                .map(concept -> new NumberPrompt(context, concept, ending))
                .toList();
    }

    @Override
    public boolean isContextRandom() {
        return config.context().isEmpty();
    }

    @Override
    public boolean isContextHalved() {
        return config.position() == Position.MIDDLE;
    }

    /** The position of the concept. */
    public enum Position {
        /** After the context. */
        END,
        /** Between the two halves of the context, by tokens; the first has one less if their number is odd. */
        MIDDLE,
        /** Before the context. */
        FRONT
    }

    /**
     * @param tokens number of tokens that are trained, from random numbers, if {@code context} is empty
     * @param context words from which training starts instead, such as {@code a photo of a}
     * @param position of the concept in the prompt
     */
    public record Config(int tokens, String context, Position position) {
        public Config {
            if (tokens < 1 || tokens > 64) {
                throw new InvalidSettingException("tokens", "must lie within [1, 64]; found " + tokens);
            }
            context = context.strip();
            Objects.requireNonNull(position, "position");
        }
    }

    /** {@code type: learned-context}. */
    @Extension
    public static final class Factory implements NumberPrompts.Factory<Config> {

        @Override
        public String type() {
            return "learned-context";
        }

        @Override
        public Config defaults() {
            return new Config(16, "", Position.END);
        }

        @Override
        public String source() {
            return "CoOp: Zhou, Yang, Loy, Liu 2022, arXiv:2109.01134, equations 2 and 3";
        }

        @Override
        public NumberPrompts create(Config config) {
            return new LearnedContextPrompts(config);
        }
    }
}
