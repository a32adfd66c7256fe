package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

    private static final Endpoint HUB = new Endpoint(URI.create("https://huggingface.co"));

    @ParameterizedTest
    @CsvSource({
        "hf:openai/clip-vit-base-patch32, hf:openai/clip-vit-base-patch32",
        "openai/clip-vit-base-patch32, hf:openai/clip-vit-base-patch32",
        "hf:o/n@v1.0, hf:o/n@v1.0",
        "o/n@refs/pr/3, hf:o/n@refs/pr/3",
        "https://huggingface.co/o/n, hf:o/n",
        "https://huggingface.co/o/n/, hf:o/n",
        "https://huggingface.co/o/n?library=transformers, hf:o/n",
        "https://hf.co/o/n/tree/v2, hf:o/n@v2",
        "https://huggingface.co/o/n/blob/v2/config.json, hf:o/n@v2",
        "https://huggingface.co/o/n/tree/refs/pr/3, hf:o/n@refs/pr/3",
        "https://huggingface.co/o/n/tree/refs%2Fpr%2F3, hf:o/n@refs/pr/3",
        "https://huggingface.co/o/n/tree/v2/, hf:o/n@v2",
        "https://huggingface.co/o/n/blob/refs%2Fpr%2F3/config.json, hf:o/n@refs/pr/3",
    })
    void whatPeoplePasteIsUnderstood(String text, String model) {
        assertThat(ModelName.parse(text, HUB)).hasToString(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip",
                "",
                "hf:",
                "o/n/x",
                "../n",
                "o/..",
                "o/n@../x",
                "o/n@",
                "o n/x",
                "https://example.org/o/n",
                "https://huggingface.co/datasets",
                "ftp://huggingface.co/o/n",
                "o/n@a/",
                "https://huggingface.co/o/n/tree/%2E%2E%2Fx",
                "https://huggingface.co/o/n/tree/a%20b",
                "https://huggingface.co/o/n/blob/%zz/config.json",
                "--x/y"
            })
    void whatIsNoModelIsAUsageError(String text) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ModelName.parse(text, HUB))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
                .satisfies(e ->
                        assertThat(e.fix()).contains("./numclip pull hf:timm/vit_base_patch32_clip_224.openai clip/"));
    }

    @Test
    void aRevisionIsOnePartOfTheAddress() {
        assertThat(HUB.list(new ModelName("o", "n", "refs/pr/3")))
                .isEqualTo(URI.create("https://huggingface.co/api/models/o/n/revision/refs%2Fpr%2F3?blobs=true"));
    }
}
