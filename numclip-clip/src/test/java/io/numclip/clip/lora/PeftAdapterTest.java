package io.numclip.clip.lora;

import static io.numclip.golden.GoldenFigures.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.NumClipException;
import io.numclip.golden.GoldenFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeftAdapterTest {

    private static final Path CLIP = GoldenFigures.FOLDER.resolve("clip-gelu");
    private static final Path ADAPTER = GoldenFigures.FOLDER.resolve("lora/adapter");
    private static final Lora SETTINGS = lora(2, 1, "all");

    @TempDir
    private Path folder;

    /**
     * {@code tools/golden/lora.py check DIR} loads what this leaves in the folder that the property {@code numclip.peft} names,
     * with PEFT.
     */
    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path stored = folder.resolve("model.safetensors");
        String named = System.getProperty("numclip.peft");
        Path written = named == null ? folder.resolve("adapter") : Path.of(named);
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            Map<String, Parameter> matrices = backbone.adapt(lora(3, 2.5, "last:1"), 1);
            matrices.values()
                    .forEach(matrix -> matrix.getArray()
                            .set(
                                    new NDIndex("..."),
                                    scope.randomNormal(matrix.getArray().getShape())
                                            .mul(0.3f)));
            backbone.imageTower().version().parametersReplaced();
            SafetensorsWriter.write(stored, LoraTest.arrays(matrices), SafetensorsWriter.Type.F32, Map.of());
            PeftAdapter.write(written, lora(3, 2.5, "last:1"), stored, "clip-gelu", scope);
            Files.write(
                    written.resolve("figures.json"),
                    new ObjectMapper()
                            .writeValueAsBytes(Map.of(
                                    "image_features",
                                    LoraTest.images(backbone, scope, false).toFloatArray(),
                                    "text_features",
                                    LoraTest.texts(backbone, scope, false).toFloatArray())));
            Map<String, NDArray> read =
                    PeftAdapter.open(written).matrices(lora(3, 2.5, "last:1"), LoraTest.shapes(matrices), scope);
            assertThat(read).hasSameSizeAs(matrices);
            matrices.forEach((name, matrix) -> assertThat(read.get(name).toFloatArray())
                    .containsExactly(matrix.getArray().toFloatArray(), within(0)));
        }
    }

    @Test
    void settingsThatAreNotThoseOfTheAdapterAreNamed() throws IOException {
        Lora other = new Lora(4, 1, Lora.Scaling.RANK, "all", SETTINGS.targets(), SETTINGS.towers(), "");
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("rank is 2 there, and 4 here")
                .hasMessageContaining("scaling is sqrt there, and rank here");
        assertThatThrownBy(() -> read(lora(2, 1, "last:1")))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("18 tensors do not fit layers, targets and towers")
                .hasMessageContaining("layers.0.self_attn.k_proj.lora_A.weight is not expected");
        Lora more = new Lora(2, 1, Lora.Scaling.SQRT, "all", List.of(Lora.Target.OUT), List.of(Lora.Side.IMAGE), "");
        assertThatThrownBy(() -> read(more)).hasMessageContaining("out_proj.lora_A.weight is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"use_dora\": false', '\"use_dora\": true', use_dora is true",
        "'\"peft_type\": \"LORA\"', '\"peft_type\": \"IA3\"', peft_type is \"IA3\"",
        "'\"bias\": \"none\"', '\"bias\": \"all\"', bias is \"all\"",
        "'\"rank_pattern\": {}', '\"rank_pattern\": {\"q_proj\": 4}', rank_pattern is",
        "'\"init_lora_weights\": true', '\"init_lora_weights\": \"pissa\"', init_lora_weights is \"pissa\""
    })
    void anotherKindOfAdapterIsRefused(String before, String after, String message) throws IOException {
        String config = Files.readString(ADAPTER.resolve("adapter_config.json"));
        assertThat(config).contains(before);
        Files.writeString(folder.resolve("adapter_config.json"), config.replace(before, after));
        assertThatThrownBy(() -> PeftAdapter.open(folder))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFolderWithoutAnAdapterIsRefused() {
        assertThatThrownBy(() -> PeftAdapter.open(folder))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("adapter_config.json: no such file");
    }

    private static void read(Lora lora) throws IOException {
        try (ClipBackbone backbone = ClipBackbone.load(CLIP, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            PeftAdapter.open(ADAPTER).matrices(lora, LoraTest.shapes(backbone.adapt(lora, 1)), scope);
        }
    }

    private static Lora lora(int rank, double alpha, String layers) {
        Lora usual = Lora.defaults();
        return new Lora(rank, alpha, Lora.Scaling.SQRT, layers, usual.targets(), usual.towers(), "");
    }
}
