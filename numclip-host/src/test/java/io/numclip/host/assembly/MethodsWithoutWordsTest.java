package io.numclip.host.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Methods;
import io.numclip.host.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsWithoutWordsTest {

    @TempDir
    private Path folder;

    private ExperimentReader reader;

    @BeforeEach
    void load() throws IOException {
        reader = new ExperimentReader(TestingCatalog.create(folder));
        Files.writeString(
                Files.createDirectory(folder.resolve("tower")).resolve("config.json"),
                "{\"model_type\": \"clip_vision_model\"}");
    }

    @Test
    void theListHasEveryMethodOfTheProgramThatLooksAtNoWords() throws IOException {
        for (String method : Methods.builtIn()) {
            assertThat(config("method=" + method).readerOfWords().isEmpty())
                    .as(method)
                    .isEqualTo(Requirements.WITHOUT_WORDS.contains(method));
        }
        assertThat(Methods.builtIn()).containsAll(Requirements.WITHOUT_WORDS);
    }

    /** The directory has no weights: nothing but its configuration was read. */
    @ParameterizedTest
    @ValueSource(strings = {"numclip", "zero-shot", "tip-adapter", "clip-lora", "l2rclip"})
    void aMethodWithWordsRefusesAnImageTowerByName(String method) throws IOException {
        ExperimentConfig config = config("method=" + method, "backbone.model=" + folder.resolve("tower"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ExperimentAssembler.assemble(config))
                .withMessageContaining("backbone.model: " + folder.resolve("tower") + " has an image tower only")
                .withMessageContaining("the method " + method + " needs them for coarseHead")
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION);
                    assertThat(refusal.fix()).contains("linear-probe, ridge, neighbours, kernel, regression");
                });
    }

    @Test
    void aLossThatLooksAtWordsIsNamed() throws IOException {
        ExperimentConfig config =
                config("method=l2rclip", "coarseHead.type=linear", "backbone.model=" + folder.resolve("tower"));
        assertThat(config.readerOfWords()).isEqualTo("loss cross-modal-ordinal");
    }

    @Test
    void othersAreNotKept() throws IOException {
        ExperimentConfig config = config("method=coral", "backbone.model=" + folder.resolve("tower"));
        assertThatNoException().isThrownBy(() -> Requirements.words(config, new SharedModels()));
    }

    private ExperimentConfig config(String... settings) throws IOException {
        List<Setting> all = Stream.of(settings).map(Setting::parse).toList();
        return reader.read("brightness", all);
    }
}
