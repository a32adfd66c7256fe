package io.numclip.clip.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipConfig.ImageForm;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.clip.directory.ClipConfig.TextForm;
import io.numclip.clip.pixels.PillowResize;
import io.numclip.clip.pixels.PreprocessorConfig;
import java.util.List;
import java.util.Set;

/**
 * {@code open_clip_config.json} of OpenCLIP: the model of its class {@code CLIP} or {@code CustomTextCLIP}, with its
 * defaults (open_clip 3.3, {@code CLIPVisionCfg} and {@code CLIPTextCfg}). Fields that older versions had are known, too.
 */
public final class OpenClipConfig {

    static final String NAME = "open_clip_config.json";

    /** Fields of either tower. */
    private static final Set<String> BOTH = Set.of(
            "act_kwargs",
            "block_type",
            "final_ln_after_pool",
            "layers",
            "ls_init_value",
            "mlp_ratio",
            "norm_kwargs",
            "output_tokens",
            "pool_type",
            "qk_norm",
            "scale_attn",
            "scale_attn_inner",
            "scale_fc",
            "scale_heads",
            "scaled_cosine_attn",
            "width");

    /** Fields of an image tower alone. */
    private static final Set<String> VISION = Set.of(
            "attentional_pool",
            "attn_pooler_heads",
            "attn_pooler_queries",
            "global_average_pool",
            "head_width",
            "image_size",
            "input_patchnorm",
            "n_queries",
            "no_ln_pre",
            "patch_dropout",
            "patch_size",
            "pos_embed_type",
            "timm_drop",
            "timm_drop_path",
            "timm_model_name",
            "timm_model_pretrained",
            "timm_pool",
            "timm_proj",
            "timm_proj_bias");

    /** Fields of a text tower alone. */
    private static final Set<String> TEXT = Set.of(
            "context_length",
            "correct_cls_mask",
            "embed_cls",
            "eos_id",
            "heads",
            "hf_model_name",
            "hf_model_pretrained",
            "hf_pooler_type",
            "hf_proj_type",
            "hf_tokenizer_name",
            "no_causal_mask",
            "pad_id",
            "proj_bias",
            "proj_type",
            "tokenizer_kwargs",
            "tokenizer_mode",
            "vocab_size");

    private static final String PLAIN = "use a model of OpenCLIP's plain class CLIP";

    /** Either way they are stored, one for each patch. */
    private static final Set<String> POSITIONS = Set.of("learnable", "sin_cos_2d");

    private static final List<String> OTHER_IMAGES =
            List.of("attentional_pool", "global_average_pool", "input_patchnorm", "no_ln_pre", "final_ln_after_pool");
    private static final List<String> OTHER_BLOCKS = List.of(
            "ls_init_value",
            "qk_norm",
            "scaled_cosine_attn",
            "scale_heads",
            "scale_attn_inner",
            "scale_attn",
            "scale_fc");

    private final ConfigFields model;
    private final ConfigFields vision;
    private final ConfigFields text;

    OpenClipConfig(JsonNode root) {
        ConfigFields file = new ConfigFields(root, "");
        if (file.isAbsent("model_cfg")) {
            throw new IllegalArgumentException("model_cfg: missing");
        }
        model = file.object("model_cfg");
        vision = model.object("vision_cfg");
        text = model.object("text_cfg");
    }

    /** @throws IllegalArgumentException with the field that is wrong or not supported */
    ClipConfig config() {
        model.refuse("multimodal_cfg", PLAIN + ", not CoCa");
        int width = model.integer("embed_dim", 512);
        ClipConfig.Vision images = images();
        if (images.form().projection() == Projection.NONE && images.hiddenSize() != width) {
            throw model.wrong("embed_dim", "%d, the width of the image tower".formatted(images.hiddenSize()));
        }
        return new ClipConfig(texts(), images, width, model.number("init_logit_scale", Math.log(1 / 0.07)));
    }

    boolean isTimm() {
        return !vision.isAbsent("timm_model_name");
    }

    boolean hasLinearTextProjection() {
        return text.flag("proj_bias", false);
    }

    boolean hasOwnVocabulary() {
        return text.isAbsent("hf_tokenizer_name");
    }

    /** How texts are cleaned before they are tokenized. */
    TextCleaning cleaning() {
        ConfigFields settings = text.object("tokenizer_kwargs");
        settings.refuse("strip_sep_token", PLAIN);
        String name = settings.text("clean", hasOwnVocabulary() ? "lower" : "whitespace");
        return switch (name) {
            case "lower" -> TextCleaning.OPEN_CLIP_LOWER;
            case "whitespace" -> TextCleaning.OPEN_CLIP_WHITESPACE;
            case "canonicalize" -> TextCleaning.OPEN_CLIP_CANONICAL;
            default -> throw settings.wrong("clean", "lower, whitespace or canonicalize");
        };
    }

    private ClipConfig.Vision images() {
        if (isTimm()) {
            TimmTrunk.require(vision.text("timm_model_name", ""));
        }
        vision.refuseUnknown(List.of(BOTH, VISION), "CLIPVisionCfg of OpenCLIP 3.3");
        return isTimm() ? trunk() : blocks();
    }

    private ClipConfig.Vision blocks() {
        requirePlain();
        int hidden = vision.integer("width", 768);
        return new ClipConfig.Vision(
                vision.side("image_size", 224),
                vision.side("patch_size", 16),
                hidden,
                (int) (hidden * vision.number("mlp_ratio", 4)),
                vision.integer("layers", 12),
                hidden / Math.max(1, vision.integer("head_width", 64)),
                activation(vision),
                vision.object("norm_kwargs").number("eps", 1e-5),
                ImageForm.CLIP);
    }

    private void requirePlain() {
        for (String key : OTHER_IMAGES) {
            vision.refuse(key, PLAIN);
        }
        refuseOtherBlocks(vision);
        if (!POSITIONS.contains(vision.text("pos_embed_type", "learnable"))) {
            throw vision.wrong("pos_embed_type", "\"learnable\" or \"sin_cos_2d\"");
        }
        if (!vision.text("pool_type", "tok").equals("tok")) {
            throw vision.wrong("pool_type", "\"tok\", the class token");
        }
        if (vision.node().path("layers").isArray()) {
            throw vision.wrong(
                    "layers",
                    "a number of layers: residual networks (RN50 and others) are not supported,"
                            + " Vision Transformers are");
        }
    }

    private ClipConfig.Vision trunk() {
        if (!vision.text("timm_pool", "avg").equals("map")) {
            throw vision.wrong("timm_pool", "\"map\"");
        }
        String projection = vision.text("timm_proj", vision.node().has("timm_proj") ? "" : "linear");
        return switch (projection) {
            case "" -> trunk(Projection.BIASED);
            case "none" -> trunk(Projection.NONE);
            default -> throw vision.wrong("timm_proj", "\"none\" or null");
        };
    }

    private ClipConfig.Vision trunk(Projection projection) {
        return TimmTrunk.of(vision.text("timm_model_name", ""), vision.side("image_size", 0), projection);
    }

    private ClipConfig.Text texts() {
        text.refuse("hf_model_name", PLAIN + ", whose text tower is its own");
        text.refuse("embed_cls", PLAIN + ", not CoCa");
        text.refuse("tokenizer_mode", PLAIN);
        text.refuseUnknown(List.of(BOTH, TEXT), "CLIPTextCfg of OpenCLIP 3.3");
        refuseOtherBlocks(text);
        int width = text.integer("width", 512);
        int vocabulary = text.integer("vocab_size", 49408);
        return new ClipConfig.Text(
                vocabulary,
                text.integer("context_length", 77),
                width,
                (int) (width * text.number("mlp_ratio", 4)),
                text.integer("layers", 12),
                text.integer("heads", 8),
                activation(text),
                text.object("norm_kwargs").number("eps", 1e-5),
                vocabulary - 1L,
                new TextForm(!text.flag("no_causal_mask", false), isPooledLast(), projection()));
    }

    /**
     * @param end token that the tokenizer puts at the end of a text
     * @param largest id of its vocabulary
     * @throws IllegalArgumentException if OpenCLIP reads a text at another token
     */
    void requireEnd(long end, long largest) {
        String pool = text.text("pool_type", "argmax");
        if (pool.equals("eos") && text.integer("eos_id", 2) != end) {
            throw text.wrong("eos_id", end + ", the end token of the tokenizer");
        }
        if (pool.equals("argmax") && !hasOwnVocabulary() && largest != end) {
            throw text.wrong(
                    "pool_type", "eos or last: the end token %d is not the largest id, %d".formatted(end, largest));
        }
    }

    private boolean isPooledLast() {
        return switch (text.text("pool_type", "argmax")) {
            case "argmax", "eos" -> false;
            case "last" -> true;
            default -> throw text.wrong("pool_type", "argmax, eos or last");
        };
    }

    private Projection projection() {
        return switch (text.text("proj_type", "linear")) {
            case "none" -> Projection.NONE;
            case "linear" -> hasLinearTextProjection() ? Projection.BIASED : Projection.PLAIN;
            default -> throw text.wrong("proj_type", "linear or none");
        };
    }

    private static void refuseOtherBlocks(ConfigFields tower) {
        for (String key : OTHER_BLOCKS) {
            tower.refuse(key, PLAIN);
        }
        if (!tower.text("block_type", "default").equals("default")) {
            throw tower.wrong("block_type", "\"default\"");
        }
    }

    /** Towers of timm never have the quick one. */
    private Activation activation(ConfigFields tower) {
        boolean isTanh = tower.object("act_kwargs").text("approximate", "none").equals("tanh");
        if (model.flag("quick_gelu", false)) {
            return Activation.QUICK_GELU;
        }
        return isTanh ? Activation.GELU_TANH : Activation.GELU;
    }

    /** {@code preprocess_cfg}: images are always resized to the side of the tower. */
    public static PreprocessorConfig preprocessing(JsonNode root, int imageSize) {
        ConfigFields fields = new ConfigFields(root, "").object("preprocess_cfg");
        if (!fields.text("mode", "RGB").equals("RGB")) {
            throw fields.wrong("mode", "\"RGB\"");
        }
        if (fields.integer("fill_color", 0) != 0) {
            throw fields.wrong("fill_color", "0");
        }
        return new PreprocessorConfig(
                resize(fields, imageSize),
                filter(fields),
                new PreprocessorConfig.Crop(imageSize, imageSize),
                true,
                1 / 255.0,
                fields.triple("mean", PreprocessorConfig.CLIP_MEAN, -1e3),
                fields.triple("std", PreprocessorConfig.CLIP_DEVIATION, 1e-6));
    }

    private static PreprocessorConfig.Resize resize(ConfigFields fields, int imageSize) {
        return switch (fields.text("resize_mode", "shortest")) {
            case "shortest" -> new PreprocessorConfig.Resize.ShortestEdge(imageSize);
            case "squash" -> new PreprocessorConfig.Resize.Exact(imageSize, imageSize);
            default -> throw fields.wrong("resize_mode", "shortest or squash");
        };
    }

    private static PillowResize.Filter filter(ConfigFields fields) {
        return switch (fields.text("interpolation", "bicubic")) {
            case "bicubic", "random" -> PillowResize.Filter.BICUBIC;
            case "bilinear" -> PillowResize.Filter.BILINEAR;
            default -> throw fields.wrong("interpolation", "bicubic or bilinear");
        };
    }
}
