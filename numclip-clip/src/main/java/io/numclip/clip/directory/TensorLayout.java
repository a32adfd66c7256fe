package io.numclip.clip.directory;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which tensor of a directory holds a weight that {@link ClipWeights} names; the first rule that fits counts. */
public final class TensorLayout {

    /** {@code CLIPModel} and {@code MetaClip2Model} of transformers: the names themselves. */
    static final TensorLayout CLIP = new TensorLayout("transformers, CLIP", List.of(), List.of());

    /** {@code SiglipModel} of transformers, for SigLIP and SigLIP 2. */
    static final TensorLayout SIGLIP = new TensorLayout(
            "transformers, SigLIP",
            List.of(
                    third("vision_model.head.attention.q_proj.*", "vision_model.head.attention.in_proj_*", 0),
                    third("vision_model.head.attention.k_proj.*", "vision_model.head.attention.in_proj_*", 1),
                    third("vision_model.head.attention.v_proj.*", "vision_model.head.attention.in_proj_*", 2),
                    whole("text_projection.*", "text_model.head.*")),
            List.of("logit_bias"));

    /** No tensors. */
    static final TensorLayout NONE = new TensorLayout("NumCLIP", List.of(), List.of());

    /** Buffers of older versions; a directory that was converted to 16 bits has them as such numbers. */
    private static final String POSITION_IDS = "embeddings.position_ids";

    private static final String PREFIX = "vision_model.";

    private static final List<Rule> OPEN_CLIP_IMAGES = List.of(
            whole("vision_model.embeddings.class_embedding", "visual.class_embedding"),
            whole("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight"),
            whole(ClipWeights.IMAGE_POSITIONS, "visual.positional_embedding"),
            whole("vision_model.pre_layrnorm.*", "visual.ln_pre.*"),
            whole("vision_model.post_layernorm.*", "visual.ln_post.*"),
            transposed("visual_projection.weight", "visual.proj"));

    /** A Vision Transformer of timm inside OpenCLIP. */
    private static final List<Rule> TIMM_IMAGES = List.of(
            whole("vision_model.embeddings.class_embedding", "visual.trunk.cls_token"),
            whole("vision_model.embeddings.patch_embedding.*", "visual.trunk.patch_embed.proj.*"),
            whole(ClipWeights.IMAGE_POSITIONS, "visual.trunk.pos_embed"),
            whole("vision_model.pre_layrnorm.*", "visual.trunk.norm_pre.*"),
            third("vision_model.encoder.layers.#.self_attn.q_proj.*", "visual.trunk.blocks.#.attn.qkv.*", 0),
            third("vision_model.encoder.layers.#.self_attn.k_proj.*", "visual.trunk.blocks.#.attn.qkv.*", 1),
            third("vision_model.encoder.layers.#.self_attn.v_proj.*", "visual.trunk.blocks.#.attn.qkv.*", 2),
            whole("vision_model.encoder.layers.#.self_attn.out_proj.*", "visual.trunk.blocks.#.attn.proj.*"),
            whole("vision_model.encoder.layers.#.layer_norm1.*", "visual.trunk.blocks.#.norm1.*"),
            whole("vision_model.encoder.layers.#.layer_norm2.*", "visual.trunk.blocks.#.norm2.*"),
            whole("vision_model.encoder.layers.#.mlp.*", "visual.trunk.blocks.#.mlp.*"),
            whole("vision_model.post_layernorm.*", "visual.trunk.norm.*"),
            whole("vision_model.head.probe", "visual.trunk.attn_pool.latent"),
            whole("vision_model.head.attention.q_proj.*", "visual.trunk.attn_pool.q.*"),
            part("vision_model.head.attention.k_proj.*", "visual.trunk.attn_pool.kv.*", 0, 2),
            part("vision_model.head.attention.v_proj.*", "visual.trunk.attn_pool.kv.*", 1, 2),
            whole("vision_model.head.attention.out_proj.*", "visual.trunk.attn_pool.proj.*"),
            whole("vision_model.head.layernorm.*", "visual.trunk.attn_pool.norm.*"),
            whole("vision_model.head.mlp.*", "visual.trunk.attn_pool.mlp.*"),
            whole("visual_projection.*", "visual.trunk.head.*"));

    private final String name;
    private final List<Rule> rules;
    private final List<String> ignored;

    private TensorLayout(String name, List<Rule> rules, List<String> ignored) {
        this.name = name;
        this.rules = rules;
        this.ignored = ignored;
    }

    /** The same without the prefix that transformers 5 no longer writes where an image tower stands alone. */
    TensorLayout withoutPrefix() {
        List<Rule> shorter = Stream.concat(
                        rules.stream().map(rule -> rule.to(rule.tensor().replace(PREFIX, ""))),
                        Stream.of(whole(PREFIX + "*", "*")))
                .toList();
        return new TensorLayout(name, shorter, ignored);
    }

    /**
     * A directory of OpenCLIP.
     *
     * @param timm whether the image tower is one of timm's
     * @param prefix before the tensors of the text tower: {@code text.} or nothing
     * @param linear whether the projection of the text tower is a linear layer with a bias
     */
    static TensorLayout openClip(boolean timm, String prefix, boolean linear) {
        return new TensorLayout(
                timm ? "OpenCLIP, with timm" : "OpenCLIP",
                Stream.of(
                                timm ? TIMM_IMAGES : OPEN_CLIP_IMAGES,
                                blocks("vision_model", "visual."),
                                openClipTexts(prefix, linear),
                                blocks("text_model", prefix))
                        .flatMap(List::stream)
                        .toList(),
                List.of("logit_bias", prefix + "attn_mask"));
    }

    private static List<Rule> openClipTexts(String prefix, boolean linear) {
        Rule projection = linear
                ? whole("text_projection.*", prefix + "text_projection.*")
                : transposed("text_projection.weight", prefix + "text_projection");
        return List.of(
                whole(ClipWeights.TOKEN_EMBEDDING, prefix + "token_embedding.weight"),
                whole("text_model.embeddings.position_embedding.weight", prefix + "positional_embedding"),
                whole("text_model.final_layer_norm.*", prefix + "ln_final.*"),
                projection);
    }

    private static List<Rule> blocks(String tower, String prefix) {
        String layer = tower + ".encoder.layers.#.";
        String block = prefix + "transformer.resblocks.#.";
        return List.of(
                third(layer + "self_attn.q_proj.*", block + "attn.in_proj_*", 0),
                third(layer + "self_attn.k_proj.*", block + "attn.in_proj_*", 1),
                third(layer + "self_attn.v_proj.*", block + "attn.in_proj_*", 2),
                whole(layer + "self_attn.out_proj.*", block + "attn.out_proj.*"),
                whole(layer + "layer_norm1.*", block + "ln_1.*"),
                whole(layer + "layer_norm2.*", block + "ln_2.*"),
                whole(layer + "mlp.fc1.*", block + "mlp.c_fc.*"),
                whole(layer + "mlp.fc2.*", block + "mlp.c_proj.*"));
    }

    /** Where a weight is stored. */
    Stored stored(String weight) {
        return rules.stream()
                .map(rule -> rule.apply(weight))
                .flatMap(List::stream)
                .findFirst()
                .orElse(new Stored(weight, 0, 1, false));
    }

    /** Whether a tensor holds no weight of a tower and may be there. */
    boolean isIgnored(String tensor) {
        return ignored.contains(tensor) || tensor.endsWith(POSITION_IDS);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * A weight in a stored tensor.
     *
     * @param part which of the {@code parts} equal parts of its rows
     * @param transposed whether rows and columns are exchanged
     */
    record Stored(String tensor, int part, int parts, boolean transposed) {

        /** The shape of the whole tensor, for a weight of a shape. */
        Shape shape(Shape weight) {
            long[] sizes = weight.getShape().clone();
            if (transposed) {
                return new Shape(sizes[1], sizes[0]);
            }
            if (parts > 1) {
                sizes[0] *= parts;
            }
            return new Shape(sizes);
        }

        /** Whether a tensor is of this shape, apart from dimensions of size 1. */
        static boolean fits(Shape found, Shape expected) {
            return Arrays.equals(sizes(found), sizes(expected));
        }

        private static long[] sizes(Shape shape) {
            return LongStream.of(shape.getShape()).filter(size -> size != 1).toArray();
        }
    }

    /** Maps names; {@code #} is the number of a layer and {@code *} the rest of the name. */
    private record Rule(Pattern weight, String tensor, int part, int parts, boolean transposed) {

        Rule to(String other) {
            return new Rule(weight, other, part, parts, transposed);
        }

        List<Stored> apply(String name) {
            Matcher matcher = weight.matcher(name);
            return matcher.matches()
                    ? List.of(new Stored(matcher.replaceFirst(tensor), part, parts, transposed))
                    : List.of();
        }
    }

    private static Rule whole(String weight, String tensor) {
        return part(weight, tensor, 0, 1);
    }

    private static Rule third(String weight, String tensor, int part) {
        return part(weight, tensor, part, 3);
    }

    private static Rule transposed(String weight, String tensor) {
        return new Rule(pattern(weight), tensor, 0, 1, true);
    }

    private static Rule part(String weight, String tensor, int part, int parts) {
        String named = tensor.replace("#", "${layer}").replace("*", "${rest}");
        return new Rule(pattern(weight), named, part, parts, false);
    }

    private static Pattern pattern(String weight) {
        return Pattern.compile(
                weight.replace(".", "\\.").replace("#", "(?<layer>\\d+)").replace("*", "(?<rest>.+)"));
    }
}
