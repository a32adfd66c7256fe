package io.numclip.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumberPrompt;
import io.numclip.testing.NumberPromptsContract;
import org.junit.jupiter.api.Test;

class TemplatePromptsTest extends NumberPromptsContract<TemplatePrompts.Config> {

    @Override
    protected TemplatePrompts.Factory factory() {
        return new TemplatePrompts.Factory();
    }

    @Test
    void contextStandsBeforeEveryConcept() {
        TemplatePrompts.Config config = new TemplatePrompts.Config(" age estimation: the person is a ");
        assertThat(factory().create(config).promptsFor(bins()))
                .extracting(NumberPrompt::sentence)
                .containsExactly(
                        "age estimation: the person is a child.",
                        "age estimation: the person is a teenager.",
                        "age estimation: the person is a young adult.",
                        "age estimation: the person is a middle adult.",
                        "age estimation: the person is a older adult.");
    }

    @Test
    void withoutContextTheConceptStandsAlone() {
        assertThat(factory().create(config()).promptsFor(bins()))
                .extracting(NumberPrompt::sentence)
                .containsExactly("child.", "teenager.", "young adult.", "middle adult.", "older adult.");
    }
}
