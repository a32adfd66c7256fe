package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.runner.pull.Listing.ListedFile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final ModelName MODEL = new ModelName("o", "n", "main");

    private static Selection of(String modelType, String... names) {
        List<ListedFile> files = Arrays.stream(names)
                .map(name -> new ListedFile(name, 7, "0".repeat(40), null))
                .toList();
        return Selection.of("hub", MODEL, new Listing("0".repeat(40), files), modelType);
    }

    private static List<String> taken(String modelType, String... names) {
        return of(modelType, names).taken().stream().map(ListedFile::name).toList();
    }

    @Test
    void ofTwoFormsThatFitTheConfigurationOneIsTaken() {
        String[] both = {
            "open_clip_config.json", "open_clip_model.safetensors", "model.safetensors", "config.json", "LICENSE.txt"
        };
        assertThat(taken("clip", both))
                .containsExactly("open_clip_config.json", "config.json", "LICENSE.txt", "model.safetensors");
        assertThat(taken("siglip", both)).contains("model.safetensors").doesNotContain("open_clip_model.safetensors");
        assertThat(taken("metaclip_2", both)).contains("model.safetensors");
        assertThat(taken("", both)).contains("open_clip_model.safetensors").doesNotContain("model.safetensors");
    }

    @Test
    void weightsInPartsComeWithTheirIndex() {
        assertThat(taken(
                        "clip",
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        "adapter.safetensors"))
                .containsExactly(
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json");
    }

    @Test
    void ofOpenClipAnyWeightsDo() {
        assertThat(taken("", "open_clip_config.json", "open_clip_pytorch_model.safetensors"))
                .contains("open_clip_pytorch_model.safetensors");
        assertThat(taken("", "open_clip_config.json", "weights.safetensors")).contains("weights.safetensors");
        assertThat(taken("clip", "config.json", "open_clip_config.json", "open_clip_model.safetensors"))
                .contains("open_clip_model.safetensors");
    }

    @Test
    void weightsThatNobodyWouldReadAreNone() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> of("clip", "config.json", "model.fp16.safetensors"))
                .withMessageContaining("has no weights that are read");
    }

    @Test
    void codeAndHiddenFilesAreLeftOut() {
        Selection selection = of(
                "clip",
                "config.json",
                "model.safetensors",
                "modeling.py",
                ".hidden.safetensors",
                "LICENSE/x",
                "a.gguf");
        assertThat(selection.taken()).hasSize(2);
        assertThat(selection.leftOut().stream().map(Selection.LeftOutFile::reason))
                .containsExactly(
                        "code, which is never run",
                        "other weights; model.safetensors is taken",
                        "weights for other programs",
                        "not part of a model directory");
    }
}
