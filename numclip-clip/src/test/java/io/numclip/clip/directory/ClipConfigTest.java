package io.numclip.clip.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipConfigTest {

    @TempDir
    private Path directory;

    @Test
    void absentKeysAreThoseOfTransformers() throws IOException {
        assertThat(read("{\"model_type\": \"clip\"}"))
                .isEqualTo(new ClipConfig(
                        new ClipConfig.Text(49408, 77, 512, 2048, 12, 8, Activation.QUICK_GELU, 1e-5, 49407),
                        new ClipConfig.Vision(224, 32, 768, 3072, 12, 12, Activation.QUICK_GELU, 1e-5),
                        512,
                        2.6592));
    }

    @ParameterizedTest
    @CsvSource({
        "clip_vision_model, CLIPVisionModel, 768",
        "clip_vision_model, CLIPVisionModelWithProjection, 512",
        "metaclip_2_vision_model, MetaClip2VisionModelWithProjection, 512",
        "siglip_vision_model, SiglipVisionModel, 768"
    })
    void imageTowersStandAlone(String type, String architecture, int width) throws IOException {
        ClipConfig config = read("{\"model_type\": \"%s\", \"architectures\": [\"%s\"]}".formatted(type, architecture));
        assertThat(config.hasText()).isFalse();
        assertThat(config.projectionDim()).isEqualTo(width);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(config::text)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIGURATION));
    }

    @Test
    void oldDirectoriesRepeatTheTowers() throws IOException {
        ClipConfig config = read("""
                {"model_type": "clip", "vision_config_dict": null,
                 "text_config": {"hidden_size": 1024, "hidden_act": "quick_gelu"}, "text_config_dict": {"hidden_act": "gelu"}}
                """);
        assertThat(config.text().activation()).isEqualTo(Activation.GELU);
        assertThat(config.text().hiddenSize()).isEqualTo(1024);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ClipConfig config = ClipDirectory.config(GoldenFigures.FOLDER.resolve("clip-gelu"));
        ClipConfigFile.write(config, directory.resolve(ClipConfigFile.NAME), true);
        assertThat(ClipDirectory.config(directory)).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vision_config | hidden_size | 0 | /vision_config/hidden_size: 0, allowed 1…8192",
                "vision_config | hidden_size | -1 | /vision_config/hidden_size: -1, allowed 1…8192",
                "vision_config | hidden_size | 2147483648 | /vision_config/hidden_size: 2147483648, expected a whole number",
                "vision_config | hidden_size | 767 | /vision_config/num_attention_heads: 12, must divide hidden_size 767",
                "vision_config | hidden_size | 1.5 | /vision_config/hidden_size: 1.5, expected a whole number",
                "vision_config | hidden_size | null | /vision_config/hidden_size: null, expected a whole number",
                "vision_config | intermediate_size | 0 | /vision_config/intermediate_size: 0, allowed 1…65536",
                "vision_config | image_size | 100000 | /vision_config/image_size: 100000, allowed 1…4096",
                "vision_config | patch_size | 225 | /vision_config/patch_size: 225, allowed 1…224",
                "vision_config | num_channels | 4 | /vision_config/num_channels: 4, expected 3",
                "vision_config | hidden_act | \"relu\" | /vision_config/hidden_act: \"relu\", known: quick_gelu, gelu",
                "text_config | num_hidden_layers | 1000000000 | /text_config/num_hidden_layers: 1000000000, allowed 1…256",
                "text_config | num_attention_heads | 0 | /text_config/num_attention_heads: 0, allowed 1…256",
                "text_config | vocab_size | -5 | /text_config/vocab_size: -5, allowed 1…1000000",
                "text_config | max_position_embeddings | 0 | /text_config/max_position_embeddings: 0, allowed 1…8192",
                "text_config | layer_norm_eps | 0 | /text_config/layer_norm_eps: 0.0, must be above 0 and below 1",
                "text_config | layer_norm_eps | \"x\" | /text_config/layer_norm_eps: \"x\", expected a number",
            })
    void wrongValueIsNamed(String tower, String key, String value, String message) {
        assertWrong("{\"model_type\": \"clip\", \"%s\": {\"%s\": %s}}".formatted(tower, key, value), message);
    }

    /** Whatever stands in a field, it is read or refused by name. */
    @Test
    void noFieldFailsInAnotherWay() throws IOException {
        List<String> fields = List.of(
                "vocab_size",
                "max_position_embeddings",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads",
                "hidden_act",
                "layer_norm_eps",
                "eos_token_id",
                "num_channels",
                "image_size",
                "patch_size",
                "projection_dim",
                "logit_scale_init_value",
                "model_type");
        for (String field : fields) {
            for (String value :
                    List.of("null", "\"x\"", "[]", "{}", "0", "-1", "2147483648", "\"NaN\"", "1e9", "1e999")) {
                String one = "\"%s\": %s".formatted(field, value);
                String json = field.equals("model_type")
                        ? "{%s}".formatted(one)
                        : "{\"model_type\": \"clip\", %s, \"text_config\": {%s}, \"vision_config\": {%s}}"
                                .formatted(one, one, one);
                try {
                    assertThat(read(json)).as(json).isNotNull();
                } catch (NumClipException refusal) {
                    assertThat(refusal.kind()).as(json).isEqualTo(Kind.DATA);
                    assertThat(refusal).hasMessageContaining(field);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"a\": 1, \"a\": 2}", "7"})
    void whatIsNoObjectIsRefused(String json) {
        assertWrong(json, "config.json");
    }

    @Test
    void otherModelsAreRefused() {
        assertWrong(
                "{\"model_type\": \"siglip2\"}",
                "/model_type: \"siglip2\", expected \"clip\", \"metaclip_2\" or \"siglip\", or one of these with"
                        + " \"_vision_model\"; it takes images of any shape");
        assertWrong(
                "{\"model_type\": \"blip\"}", "/model_type: \"blip\", expected \"clip\", \"metaclip_2\" or \"siglip\"");
        assertWrong("{\"model_type\": \"clip\", \"projection_dim\": 0}", "/projection_dim: 0, allowed 1…8192");
        assertWrong("{\"model_type\": \"clip\", \"text_config\": []}", "/text_config: [], expected an object");
    }

    @Test
    void absentFileIsMissing() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> ClipDirectory.config(directory))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    }

    private void assertWrong(String json, String message) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DATA));
    }

    private ClipConfig read(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
        return ClipDirectory.config(directory);
    }
}
