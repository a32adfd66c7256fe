package io.numclip.prompt;

import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.NumberPrompts;
import java.util.List;
import java.util.Objects;
import org.pf4j.Extension;

/**
 * The same words around every concept: {@code age estimation: the person is a} + {@code teenager}. Several templates
 * make a prompt ensemble (Radford et al., 2021, section 3.1.4): the text features of a concept are averaged over them.
 */
public final class TemplatePrompts implements NumberPrompts {

    private final List<String> templates;

    private TemplatePrompts(Config config) {
        templates = config.templates().isEmpty() ? List.of(config.context()) : config.templates();
    }

    @Override
    public List<NumberPrompt> promptsFor(Bins bins) {
        return templates.stream()
                .flatMap(template -> bins.concepts().stream().map(concept -> NumberPrompt.of(template, concept)))
                .toList();
    }

    /**
     * @param context the words before the concept, or around it with {@code {}} in its place; may be empty
     * @param templates several such contexts; if there are any, they replace {@code context}
     */
    public record Config(String context, List<String> templates) {
        public Config {
            Objects.requireNonNull(context, "context");
            context = context.strip();
            templates = List.copyOf(templates);
            NumberPrompt.of(context, "");
            long different = templates.stream()
                    .map(template -> NumberPrompt.of(template, ""))
                    .distinct()
                    .count();
            if (different < templates.size()) {
                throw new InvalidSettingException("templates", "must differ; found " + templates);
            }
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
            return new Config("", List.of());
        }

        @Override
        public String source() {
            return "prompt ensembles: CLIP, Radford et al. 2021, arXiv:2103.00020, section 3.1.4";
        }

        @Override
        public NumberPrompts create(Config config) {
            return new TemplatePrompts(config);
        }
    }
}
