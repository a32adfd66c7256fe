package io.numclip.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numclip.data.NumberPrompt;
import io.numclip.testing.NumberPromptsContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplatePromptsTest extends NumberPromptsContract<TemplatePrompts.Config> {

    @Override
    protected TemplatePrompts.Factory factory() {
        return new TemplatePrompts.Factory();
    }

    @Test
    void contextStandsBeforeEveryConcept() {
        TemplatePrompts.Config config = new TemplatePrompts.Config(" age estimation: the person is a ", List.of());
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

    @Test
    void severalTemplatesAreSeveralWordings() {
        TemplatePrompts.Config config =
                new TemplatePrompts.Config("not used", List.of("a photo of a {} person.", "this person is a"));
        assertThat(factory().create(config).promptsFor(bins()))
                .extracting(NumberPrompt::sentence)
                .hasSize(10)
                .startsWith("a photo of a child person.", "a photo of a teenager person.")
                .endsWith("this person is a older adult.");
    }

    @Test
    void aTemplateWithTwoPlacesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TemplatePrompts.Config("a {} is a {}", List.of()))
                .withMessage("a template has one place {} for the concept; found two in 'a {} is a {}'");
    }

    @Test
    void equalTemplatesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TemplatePrompts.Config("", List.of("a photo of a", "a photo of a {}.")))
                .withMessage("templates must differ; found [a photo of a, a photo of a {}.]");
    }
}
