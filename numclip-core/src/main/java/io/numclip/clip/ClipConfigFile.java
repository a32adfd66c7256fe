package io.numclip.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.ClipConfig.Activation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code config.json} of a CLIP in Hugging Face layout, for {@code transformers} 4 and 5. */
final class ClipConfigFile {

    static final String NAME = "config.json";

    private static final String FIX = "Use a directory written by CLIPModel.save_pretrained of transformers.";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(100).build());
    }

    private ClipConfigFile() {}

    static ClipConfig read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(Kind.MISSING, file + ": missing", FIX);
        }
        if (Files.size(file) > Limit.MODEL_JSON_BYTES.value()) {
            throw new NumClipException(
                    Kind.DATA, file + ": " + Limit.MODEL_JSON_BYTES.exceededBy(Files.size(file) + " bytes"), FIX);
        }
        try {
            return config(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new NumClipException(Kind.DATA, file + ": not JSON: " + e.getOriginalMessage(), FIX, e);
        } catch (IllegalArgumentException e) {
            throw new NumClipException(Kind.DATA, file + " /" + e.getMessage(), FIX, e);
        }
    }

    private static ClipConfig config(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException(": expected an object");
        }
        String type = root.path("model_type").asText("");
        if (!type.equals("clip")) {
            throw new IllegalArgumentException("model_type: \"%s\", expected \"clip\"".formatted(type));
        }
        return new ClipConfig(
                text(root),
                vision(root),
                integer(root, "", "projection_dim", 512),
                number(root, "", "logit_scale_init_value", 2.6592));
    }

    private static ClipConfig.Text text(JsonNode root) {
        String tower = "text_config";
        JsonNode node = tower(root, tower);
        return new ClipConfig.Text(
                integer(node, tower, "vocab_size", 49408),
                integer(node, tower, "max_position_embeddings", 77),
                integer(node, tower, "hidden_size", 512),
                integer(node, tower, "intermediate_size", 2048),
                integer(node, tower, "num_hidden_layers", 12),
                integer(node, tower, "num_attention_heads", 8),
                activation(node, tower),
                number(node, tower, "layer_norm_eps", 1e-5),
                integer(node, tower, "eos_token_id", 49407));
    }

    private static ClipConfig.Vision vision(JsonNode root) {
        String tower = "vision_config";
        JsonNode node = tower(root, tower);
        if (integer(node, tower, "num_channels", 3) != 3) {
            throw new IllegalArgumentException(
                    "vision_config/num_channels: " + node.get("num_channels") + ", expected 3");
        }
        return new ClipConfig.Vision(
                integer(node, tower, "image_size", 224),
                integer(node, tower, "patch_size", 32),
                integer(node, tower, "hidden_size", 768),
                integer(node, tower, "intermediate_size", 3072),
                integer(node, tower, "num_hidden_layers", 12),
                integer(node, tower, "num_attention_heads", 12),
                activation(node, tower),
                number(node, tower, "layer_norm_eps", 1e-5));
    }

    /** Old directories repeat a tower as {@code text_config_dict}; its keys win, as in transformers. */
    private static JsonNode tower(JsonNode root, String key) {
        ObjectNode node = MAPPER.createObjectNode();
        for (String name : List.of(key, key + "_dict")) {
            JsonNode part = root.path(name);
            if (part instanceof ObjectNode object) {
                node.setAll(object);
            } else if (!part.isMissingNode() && !part.isNull()) {
                throw new IllegalArgumentException(name + ": expected an object");
            }
        }
        return node;
    }

    private static int integer(JsonNode node, String tower, String key, int absent) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new IllegalArgumentException("%s: %s, expected a whole number".formatted(path(tower, key), value));
        }
        return value.intValue();
    }

    private static double number(JsonNode node, String tower, String key, double absent) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException("%s: %s, expected a number".formatted(path(tower, key), value));
        }
        return value.doubleValue();
    }

    /**
     * A missing key means quick_gelu, as in transformers; the directories of OpenAI and OpenCLIP always have the key.
     */
    private static Activation activation(JsonNode node, String tower) {
        String name = node.path("hidden_act").asText("quick_gelu");
        return switch (name) {
            case "quick_gelu" -> Activation.QUICK_GELU;
            case "gelu" -> Activation.GELU;
            default ->
                throw new IllegalArgumentException(
                        "%s: \"%s\", known: quick_gelu, gelu".formatted(path(tower, "hidden_act"), name));
        };
    }

    private static String path(String tower, String key) {
        return tower.isEmpty() ? key : tower + "/" + key;
    }

    static void write(ClipConfig config, Path file, boolean half) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.putArray("architectures").add("CLIPModel");
        root.put("model_type", "clip");
        root.put("projection_dim", config.projectionDim());
        root.put("logit_scale_init_value", config.logitScaleInit());
        root.put("initializer_factor", 1.0);
        root.put("torch_dtype", half ? "float16" : "float32");
        ClipConfig.Text text = config.text();
        ObjectNode node = root.putObject("text_config").put("model_type", "clip_text_model");
        node.put("vocab_size", text.vocabSize()).put("max_position_embeddings", text.contextLength());
        putTower(node, text.hiddenSize(), text.intermediateSize(), text.layers(), text.heads());
        putTower(node, text.activation(), text.layerNormEps(), config.projectionDim());
        node.put("eos_token_id", text.endTokenId()).put("bos_token_id", text.endTokenId() - 1);
        node.put("pad_token_id", text.endTokenId());
        ClipConfig.Vision vision = config.vision();
        node = root.putObject("vision_config").put("model_type", "clip_vision_model");
        node.put("image_size", vision.imageSize())
                .put("patch_size", vision.patchSize())
                .put("num_channels", 3);
        putTower(node, vision.hiddenSize(), vision.intermediateSize(), vision.layers(), vision.heads());
        putTower(node, vision.activation(), vision.layerNormEps(), config.projectionDim());
        AtomicFile.write(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private static void putTower(ObjectNode node, int hiddenSize, int intermediateSize, int layers, int heads) {
        node.put("hidden_size", hiddenSize).put("intermediate_size", intermediateSize);
        node.put("num_hidden_layers", layers).put("num_attention_heads", heads);
    }

    private static void putTower(ObjectNode node, Activation activation, double layerNormEps, int projectionDim) {
        node.put("hidden_act", activation.toString());
        node.put("layer_norm_eps", layerNormEps).put("projection_dim", projectionDim);
    }
}
