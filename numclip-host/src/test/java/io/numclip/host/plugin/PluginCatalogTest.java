package io.numclip.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.spi.NumberPrompts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginCatalogTest {

    private final PluginCatalog catalog = new PluginCatalog(
            List.of(
                    prompts("template", Component.BUILT_IN),
                    prompts("poem", "plugin verse 2.1.0"),
                    prompts("bare", Component.BUILT_IN)),
            List.of(),
            List.of(),
            List.of());

    @Test
    void componentsAreSortedByType() {
        assertThat(catalog.components(ComponentKind.PROMPTS))
                .extracting(Component::type)
                .containsExactly("bare", "poem", "template");
    }

    @Test
    void knownTypeIsFound() {
        assertThat(catalog.component(ComponentKind.PROMPTS, "poem").origin()).isEqualTo("plugin verse 2.1.0");
    }

    @Test
    void unknownTypeListsKnownTypes() {
        assertThatThrownBy(() -> catalog.component(ComponentKind.PROMPTS, "tempalte"))
                .isInstanceOf(NumClipException.class)
                .hasMessage("""
                        there is no prompt wording "tempalte". Did you mean "template"?
                        Known prompt wordings: bare (built in), poem (plugin verse 2.1.0), template (built in).""");
    }

    @Test
    void farOffTypeGetsNoSuggestion() {
        assertThatThrownBy(() -> catalog.component(ComponentKind.FINE_HEAD, "ssr"))
                .hasMessage("there is no fine head \"ssr\".\nKnown fine heads: none.");
    }

    @Test
    void refusedPluginsAreNamedAsAPossibleReason() {
        PluginRefusal refusal = new PluginRefusal(Path.of("plugins/age.jar"), "age", "is broken", "mend it");
        PluginCatalog withRefusal = new PluginCatalog(List.of(), List.of(), List.of(refusal), List.of());

        NumClipException failure =
                catchThrowableOfType(NumClipException.class, () -> withRefusal.component(ComponentKind.TASK, "age"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageEndingWith("\nRefused plugin: age.jar (plugin age): is broken");
    }

    @Test
    void nearestNameAllowsAThirdOfTheLetters() {
        assertThat(NearestName.of("srr", List.of("expectation", "ssr"))).contains("ssr");
        assertThat(NearestName.of("lerningRate", List.of("learningRates", "epochs")))
                .contains("learningRates");
        assertThat(NearestName.of("xyz", List.of("ssr"))).isEmpty();
    }

    private static Component prompts(String type, String origin) {
        return new Component(ComponentKind.PROMPTS, type, new TestingPrompts(type), origin);
    }

    private record TestingPrompts(String type) implements NumberPrompts.Factory<TestingPrompts.Config> {
        record Config() {}

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public NumberPrompts create(Config config) {
            return bins -> List.of();
        }
    }
}
