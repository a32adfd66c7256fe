package io.numclip.prompt;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.NumberPrompts;
import java.util.List;
import java.util.Objects;
import org.pf4j.Extension;

/** The same context before every concept: {@code age estimation: the person is a} + {@code teenager}. */
public final class TemplatePrompts implements NumberPrompts {

    private final String context;

    private TemplatePrompts(Config config) {
        context = config.context();
    }

    @Override
    public List<NumberPrompt> promptsFor(Bins bins) {
        return bins.concepts().stream()
                .map(concept -> new NumberPrompt(context, concept))
                .toList();
    }

    /** @param context the words before the concept, without a space at the end; may be empty */
    public record Config(String context) {
        public Config {
            Objects.requireNonNull(context, "context");
            context = context.strip();
        }
    }

    /** {@code type: template}. */
    @Extension
    public static final class Factory implements NumberPrompts.Factory<Config> {

        @Override
        public String type() {
            return "template";
        }

        @Override
        public Config defaults() {
            return new Config("");
        }

        @Override
        public NumberPrompts create(Config config) {
            return new TemplatePrompts(config);
        }
    }
}
