package io.numclip.clip.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.Precision;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipDirectoryTest {

    private static final Path GELU = GoldenFigures.FOLDER.resolve("clip-gelu");
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void copy() throws IOException {
        directory = Files.createDirectory(temporary.resolve("clip"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GELU.resolve(name), directory.resolve(name));
        }
    }

    @Test
    void weightsInSeveralFilesAreThoseInOne() throws IOException {
        float[] whole = features(directory);
        String before = StoredWeights.fingerprint(directory);
        divide(directory);
        assertThat(features(directory)).containsExactly(whole);
        assertThat(StoredWeights.fingerprint(directory)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../other.safetensors | /weight_map/logit_scale: expected the name of a .safetensors file of the directory, found",
                "/etc/passwd | /weight_map/logit_scale: expected the name of a .safetensors file",
                "pytorch_model.bin | /weight_map/logit_scale: expected the name of a .safetensors file",
                "absent.safetensors | absent.safetensors: no such file; model.safetensors.index.json has 1 tensors in it",
                "b.safetensors | it does not hold what model.safetensors.index.json says",
            })
    void wrongIndexIsRefused(String file, String message) throws IOException {
        divide(directory);
        Path index = directory.resolve(INDEX);
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(index.toFile());
        ((ObjectNode) root.get("weight_map")).put("logit_scale", file);
        new ObjectMapper().writeValue(index.toFile(), root);
        assertRefused(message);
    }

    @Test
    void tensorThatNoIndexNamesIsRefused() throws IOException {
        divide(directory);
        Path index = directory.resolve(INDEX);
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(index.toFile());
        ((ObjectNode) root.get("weight_map")).remove("logit_scale");
        new ObjectMapper().writeValue(index.toFile(), root);
        assertRefused("1 are not expected (logit_scale)");
    }

    /** Buffers of older versions of transformers, in 16 bits where a whole directory was converted to them. */
    @Test
    void positionIdsAreNoWeights() throws IOException {
        float[] before = features(directory);
        Path whole = directory.resolve("model.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> tensors = new LinkedHashMap<>(Safetensors.read(whole, manager));
            for (String tower : List.of("text", "vision")) {
                tensors.put(tower + "_model.embeddings.position_ids", manager.ones(new Shape(1, 5)));
            }
            SafetensorsWriter.write(whole, tensors, SafetensorsWriter.Type.F32, Map.of());
        }
        assertThat(features(directory)).containsExactly(before);
    }

    @Test
    void namesOfTensorsDecideBetweenTwoConfigurations() throws IOException {
        Files.writeString(directory.resolve("open_clip_config.json"), "{\"model_cfg\": {}}");
        assertThat(ClipDirectory.open(directory).layout()).hasToString("transformers, CLIP");
        Path other = MadeUpWeights.directory(
                GoldenFigures.FOLDER.resolve("backbones/open-clip"),
                GoldenFigures.read("backbones/open-clip/figures.json"),
                temporary);
        Files.copy(GELU.resolve("config.json"), other.resolve("config.json"));
        Files.move(other.resolve("open_clip_model.safetensors"), other.resolve("model.safetensors"));
        assertThat(ClipDirectory.open(other).layout()).hasToString("OpenCLIP");
        assertThat(ClipDirectory.config(other).vision().imageSize()).isEqualTo(37);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'vision_cfg': {'layers': [3, 4, 6, 3]}} | /model_cfg/vision_cfg/layers: [3,4,6,3], expected a number of layers: residual networks",
                "{'vision_cfg': {'timm_model_name': 'convnext_base', 'timm_pool': 'map', 'timm_proj': 'none'}} | \"convnext_base\" is not supported; of timm's image towers, those of SigLIP",
                "{'vision_cfg': {'attentional_pool': true}} | /model_cfg/vision_cfg/attentional_pool: true is not supported",
                "{'vision_cfg': {'pool_type': 'avg'}} | /model_cfg/vision_cfg/pool_type: \"avg\", expected",
                "{'vision_cfg': {'ls_init_value': 1.0}} | /model_cfg/vision_cfg/ls_init_value: 1.0 is not supported",
                "{'multimodal_cfg': {}} | /model_cfg/multimodal_cfg: {} is not supported; use a model of OpenCLIP's plain class CLIP, not CoCa",
                "{'text_cfg': {'hf_model_name': 'roberta-base'}} | /model_cfg/text_cfg/hf_model_name: \"roberta-base\" is not supported",
                "{'text_cfg': {'pool_type': 'first'}} | /model_cfg/text_cfg/pool_type: \"first\", expected argmax, eos or last",
                "{'vision_cfg': {'image_size': [224, 336]}} | /model_cfg/vision_cfg/image_size: [224,336], expected a whole number, or two equal ones",
                "{'vision_cfg': {'timm_model_name': 'eva02_base_patch16_clip_224', 'timm_pool': 'token', 'timm_proj': null}} | timm_model_name: \"eva02_base_patch16_clip_224\" is not supported; of timm's image towers",
                "{'vision_cfg': {'timm_model_name': 'vitamin_base_224', 'timm_pool': '', 'timm_proj': 'linear'}} | timm_model_name: \"vitamin_base_224\" is not supported",
                "{'vision_cfg': {'timm_model_name': 'fastvit_mci1', 'timm_pool': 'avg', 'timm_proj': null}} | timm_model_name: \"fastvit_mci1\" is not supported",
                "{'vision_cfg': {'timm_model_name': 'vit_base_patch16_siglip_224', 'timm_pool': 'avg'}} | timm_pool: \"avg\", expected \"map\"",
                "{'vision_cfg': {'global_average_pool': true}} | /model_cfg/vision_cfg/global_average_pool: true is not supported",
                "{'vision_cfg': {'input_patchnorm': true}} | /model_cfg/vision_cfg/input_patchnorm: true is not supported",
                "{'vision_cfg': {'pos_embed_type': 'rotary'}} | /model_cfg/vision_cfg/pos_embed_type: \"rotary\", expected",
                "{'vision_cfg': {'frobnicate': 3}} | /model_cfg/vision_cfg/frobnicate: 3 is not supported; CLIPVisionCfg of OpenCLIP 3.3 has no such field",
                "{'text_cfg': {'frobnicate': {}}} | /model_cfg/text_cfg/frobnicate: {} is not supported; CLIPTextCfg of OpenCLIP 3.3 has no such field",
                "{'text_cfg': {'proj_type': 'mlp'}} | /model_cfg/text_cfg/proj_type: \"mlp\", expected linear or none",
                "{'text_cfg': {'tokenizer_mode': 'clips'}} | /model_cfg/text_cfg/tokenizer_mode: \"clips\" is not supported",
                "{'vision_cfg': {'head_width': 0}} | vision_config/num_attention_heads",
            })
    void whatIsNotSupportedIsRefusedByName(String model, String message) throws IOException {
        Files.delete(directory.resolve("config.json"));
        Files.writeString(
                directory.resolve("open_clip_config.json"), "{\"model_cfg\": " + model.replace('\'', '"') + "}");
        assertRefused(message);
    }

    /** Whatever fields of OpenCLIP, today's and older ones, a file spells out: with these values they change nothing. */
    @Test
    void neutralFieldsOfOpenClipChangeNothing() throws IOException {
        assertThat(openClip(
                        "{'model_cfg': {'vision_cfg': {'layers': 12, 'width': 768, 'head_width': 64, 'mlp_ratio': 4.0,"
                                + "'patch_size': 16, 'image_size': 224, 'ls_init_value': null, 'patch_dropout': 0.5,"
                                + "'input_patchnorm': false, 'global_average_pool': false, 'attentional_pool': false,"
                                + "'n_queries': 256, 'attn_pooler_queries': 256, 'attn_pooler_heads': 8, 'no_ln_pre': false,"
                                + "'pos_embed_type': 'learnable', 'final_ln_after_pool': false, 'pool_type': 'tok',"
                                + "'output_tokens': false, 'act_kwargs': null, 'norm_kwargs': {}, 'block_type': null,"
                                + "'qk_norm': false, 'scaled_cosine_attn': false, 'scale_heads': false,"
                                + "'scale_attn_inner': false, 'scale_attn': false, 'scale_fc': false, 'timm_model_name': null,"
                                + "'timm_model_pretrained': false, 'timm_pool': 'avg', 'timm_proj': 'linear',"
                                + "'timm_proj_bias': false, 'timm_drop': 0.0, 'timm_drop_path': null, 'unheard_of': false},"
                                + "'text_cfg': {'context_length': 77, 'vocab_size': 49408, 'hf_tokenizer_name': null,"
                                + "'tokenizer_mode': null, 'tokenizer_kwargs': null, 'width': 512, 'heads': 8, 'layers': 12,"
                                + "'mlp_ratio': 4.0, 'ls_init_value': null, 'embed_cls': false, 'pad_id': 0, 'eos_id': 2,"
                                + "'no_causal_mask': false, 'final_ln_after_pool': false, 'pool_type': 'argmax',"
                                + "'proj_bias': false, 'proj_type': 'linear', 'output_tokens': false, 'act_kwargs': null,"
                                + "'norm_kwargs': null, 'block_type': null, 'qk_norm': false, 'scaled_cosine_attn': false,"
                                + "'scale_heads': false, 'scale_attn_inner': false, 'scale_attn': false, 'scale_fc': false,"
                                + "'hf_model_name': null, 'hf_model_pretrained': true, 'hf_proj_type': 'mlp',"
                                + "'hf_pooler_type': 'mean_pooler', 'correct_cls_mask': false}}}"))
                .isEqualTo(openClip("{'model_cfg': {}}"));
    }

    private ClipConfig openClip(String json) throws IOException {
        Files.deleteIfExists(directory.resolve("config.json"));
        Files.writeString(directory.resolve("open_clip_config.json"), json.replace('\'', '"'));
        return ClipDirectory.config(directory);
    }

    @Test
    void imagesOfAnotherSizeGetResizedPositions() throws IOException {
        try (ImageTower tower = ImageTower.load(directory, null, 24, Device.cpu(), Precision.FP32);
                NDManager manager = tower.manager().newSubManager()) {
            assertThat(tower.encode(manager.ones(new Shape(2, 3, 24, 24)), false)
                            .getShape())
                    .isEqualTo(new Shape(2, 16));
        }
        try (ClipBackbone backbone = ClipBackbone.load(directory, 24, Device.cpu(), Precision.FP32)) {
            backbone.imageTower().parameters().values().forEach(parameter -> parameter.freeze(false)); // can learn
        }
        assertThat(ClipDirectory.preprocessor(directory).at(24).describe())
                .contains("shorter side to 24", "crop 24 x 24");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> StoredWeights.fingerprint(directory))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.kind()).isIn(Kind.DATA, Kind.MISSING));
    }

    private static float[] features(Path directory) throws IOException {
        try (ImageTower tower = ImageTower.load(directory, Device.cpu(), Precision.FP32);
                NDManager manager = tower.manager().newSubManager()) {
            int side = tower.config().vision().imageSize();
            NDArray pixels = manager.ones(new Shape(1, 3, side, side));
            return tower.encode(pixels, false).toFloatArray();
        }
    }

    /** Into two files with an index. */
    private static void divide(Path directory) throws IOException {
        Path whole = directory.resolve("model.safetensors");
        ObjectNode map = new ObjectMapper().createObjectNode();
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, Map<String, NDArray>> files =
                    Map.of("a.safetensors", new LinkedHashMap<>(), "b.safetensors", new LinkedHashMap<>());
            Safetensors.read(whole, manager).forEach((name, array) -> {
                String file = name.startsWith("text") ? "b.safetensors" : "a.safetensors";
                files.get(file).put(name, array);
                map.put(name, file);
            });
            for (Map.Entry<String, Map<String, NDArray>> file : files.entrySet()) {
                SafetensorsWriter.write(
                        directory.resolve(file.getKey()), file.getValue(), SafetensorsWriter.Type.F32, Map.of());
            }
        }
        Files.delete(whole);
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.set("weight_map", map);
        new ObjectMapper().writeValue(directory.resolve(INDEX).toFile(), root);
    }
}
