package io.numclip.clip.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * {@code config.json} of a CLIP, MetaCLIP 2 or SigLIP, or of an image tower of one, in the layout of {@code transformers} 4
 * and 5.
 */
public final class ClipConfigFile {

    public static final String NAME = "config.json";

    private static final String FIX =
            "Use a directory that save_pretrained of transformers, or push_to_hf_hub of OpenCLIP, wrote.";

    /** Ours: no network, just pixels. */
    private static final String PIXELS = "numclip_pixels";

    /** Ours: convolutions that have seen nothing yet. */
    private static final String SMALL_NETWORK = "numclip_small_network";

    private static final int LARGEST_GRID = 52; // 8113 features

    private static final double CLIP_SCALE = 2.6592;

    /** The logarithm of 10, the scale that the training of SigLIP begins with. */
    private static final double SIGLIP_SCALE = Math.log(10);

    /** The end token of both vocabularies of SigLIP; configurations name another one. */
    private static final long SIGLIP_END = 1;

    private ClipConfigFile() {}

    static ClipConfig read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(Kind.MISSING, file + ": missing", FIX);
        }
        return of(file, JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES)), ClipConfigFile::config);
    }

    /** Says of a wrong field in which file it is. */
    public static <T> T of(Path file, JsonNode root, Function<JsonNode, T> reader) {
        try {
            return reader.apply(root);
        } catch (IllegalArgumentException e) {
            throw new NumClipException(Kind.DATA, file + " /" + e.getMessage(), FIX, e);
        }
    }

    /** @throws IllegalArgumentException with the field that is wrong */
    static ClipConfig config(JsonNode root) {
        ConfigFields fields = new ConfigFields(root, "");
        return switch (fields.text("model_type", "")) {
            case "clip", "metaclip_2" ->
                new ClipConfig(
                        clipText(tower(root, "text_config")),
                        clipVision(tower(root, "vision_config"), ClipConfig.ImageForm.CLIP),
                        fields.integer("projection_dim", 512),
                        fields.number("logit_scale_init_value", CLIP_SCALE));
            case "siglip" -> siglip(tower(root, "text_config"), tower(root, "vision_config"));
            case "clip_vision_model", "metaclip_2_vision_model" -> clipImages(fields);
            case "siglip_vision_model" -> {
                ClipConfig.Vision images = siglipVision(fields);
                yield new ClipConfig(null, images, images.hiddenSize(), SIGLIP_SCALE);
            }
            case PIXELS -> pixels(fields);
            case SMALL_NETWORK -> smallNetwork(fields);
            default -> throw otherModel(root.path("model_type"));
        };
    }

    private static IllegalArgumentException otherModel(JsonNode type) {
        String nearest = type.asText().startsWith("siglip2")
                ? "; it takes images of any shape (NaFlex), which is not supported: use a SigLIP 2 of a fixed resolution"
                : "";
        return new IllegalArgumentException(
                "model_type: %s, expected \"clip\", \"metaclip_2\" or \"siglip\", or one of these with \"_vision_model\"%s"
                        .formatted(type, nearest));
    }

    private static ClipConfig.Text clipText(ConfigFields fields) {
        return new ClipConfig.Text(
                fields.integer("vocab_size", 49408),
                fields.integer("max_position_embeddings", 77),
                fields.integer("hidden_size", 512),
                fields.integer("intermediate_size", 2048),
                fields.integer("num_hidden_layers", 12),
                fields.integer("num_attention_heads", 8),
                fields.activation("hidden_act", Activation.QUICK_GELU),
                fields.number("layer_norm_eps", 1e-5),
                fields.integer("eos_token_id", 49407));
    }

    /** An image tower alone; it has a projection if it was written by a class that has one. */
    private static ClipConfig clipImages(ConfigFields fields) {
        boolean isProjected =
                fields.node().path("architectures").path(0).asText().endsWith("WithProjection");
        ClipConfig.ImageForm form = isProjected ? ClipConfig.ImageForm.CLIP : ClipConfig.ImageForm.CLIP_UNPROJECTED;
        ClipConfig.Vision images = clipVision(fields, form);
        int width = isProjected ? fields.integer("projection_dim", 512) : images.hiddenSize();
        return new ClipConfig(null, images, width, CLIP_SCALE);
    }

    private static ClipConfig pixels(ConfigFields fields) {
        int size = fields.integer("image_size", 64);
        int grid = fields.integer("grid", 16);
        if (grid < 1 || grid > LARGEST_GRID || size < grid || size % grid != 0) {
            throw fields.wrong("grid", "a number from 1 to " + LARGEST_GRID + " that divides image_size " + size);
        }
        return new ClipConfig(
                null, ClipConfig.Vision.pixels(size, grid), ClipConfig.Vision.pixelFeatures(grid), CLIP_SCALE);
    }

    private static ClipConfig smallNetwork(ConfigFields fields) {
        int size = fields.integer("image_size", 64);
        int layers = fields.integer("num_hidden_layers", 5);
        int width = fields.integer("hidden_size", 256);
        if (layers < 1 || layers > 8 || size >> layers == 0) {
            throw fields.wrong("num_hidden_layers", "a number from 1 to 8 by which image_size can be halved");
        }
        if (width < 1 << layers || width % (1 << layers) != 0) {
            throw fields.wrong("hidden_size", "a multiple of " + (1 << layers));
        }
        return new ClipConfig(null, ClipConfig.Vision.convolutional(size, width, layers), 2 * width, CLIP_SCALE);
    }

    private static ClipConfig.Vision clipVision(ConfigFields fields, ClipConfig.ImageForm form) {
        requireColours(fields);
        return new ClipConfig.Vision(
                fields.side("image_size", 224),
                fields.side("patch_size", 32),
                fields.integer("hidden_size", 768),
                fields.integer("intermediate_size", 3072),
                fields.integer("num_hidden_layers", 12),
                fields.integer("num_attention_heads", 12),
                fields.activation("hidden_act", Activation.QUICK_GELU),
                fields.number("layer_norm_eps", 1e-5),
                form);
    }

    private static void requireColours(ConfigFields fields) {
        if (fields.integer("num_channels", 3) != 3) {
            throw fields.wrong("num_channels", "3");
        }
    }

    /** Defaults of {@code SiglipTextConfig} and {@code SiglipVisionConfig}, which files leave out. */
    private static ClipConfig siglip(ConfigFields text, ConfigFields vision) {
        ClipConfig.Vision images = siglipVision(vision);
        ClipConfig.Text texts = siglipText(text);
        int projected = text.isAbsent("projection_size") ? texts.hiddenSize() : text.integer("projection_size", 0);
        if (projected != images.hiddenSize()) {
            throw new IllegalArgumentException("text_config/projection_size: %d, expected vision_config/hidden_size %d"
                    .formatted(projected, images.hiddenSize()));
        }
        return new ClipConfig(texts, images, images.hiddenSize(), SIGLIP_SCALE);
    }

    private static ClipConfig.Vision siglipVision(ConfigFields fields) {
        requireColours(fields);
        if (!fields.flag("vision_use_head", true)) {
            throw fields.wrong("vision_use_head", "true: an image needs the attention that pools its tokens");
        }
        int hidden = fields.integer("intermediate_size", 3072);
        int heads = fields.integer("num_attention_heads", 12);
        return new ClipConfig.Vision(
                fields.side("image_size", 224),
                fields.side("patch_size", 16),
                fields.integer("hidden_size", 768),
                hidden,
                fields.integer("num_hidden_layers", 12),
                heads,
                fields.activation("hidden_act", Activation.GELU_TANH),
                fields.number("layer_norm_eps", 1e-6),
                ClipConfig.ImageForm.siglip(heads, hidden));
    }

    private static ClipConfig.Text siglipText(ConfigFields fields) {
        return new ClipConfig.Text(
                fields.integer("vocab_size", 32000),
                fields.integer("max_position_embeddings", 64),
                fields.integer("hidden_size", 768),
                fields.integer("intermediate_size", 3072),
                fields.integer("num_hidden_layers", 12),
                fields.integer("num_attention_heads", 12),
                fields.activation("hidden_act", Activation.GELU_TANH),
                fields.number("layer_norm_eps", 1e-6),
                SIGLIP_END,
                ClipConfig.TextForm.SIGLIP);
    }

    /** Old directories repeat a tower as {@code text_config_dict}; its keys win, as in transformers. */
    private static ConfigFields tower(JsonNode root, String key) {
        ConfigFields file = new ConfigFields(root, "");
        ObjectNode node = JsonFile.MAPPER.createObjectNode();
        for (String name : List.of(key, key + "_dict")) {
            node.setAll((ObjectNode) file.object(name).node());
        }
        return new ConfigFields(node, key + "/");
    }

    public static void write(ClipConfig config, Path file, boolean half) throws IOException {
        ObjectNode root = JsonFile.MAPPER.createObjectNode();
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
        AtomicFile.write(file, JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
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
