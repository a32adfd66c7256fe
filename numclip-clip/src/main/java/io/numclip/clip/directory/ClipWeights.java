package io.numclip.clip.directory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of a CLIP's weights, in the order in which {@code kernel/kernel.py} takes them. The names are those of
 * {@code CLIPModel} in {@code transformers}, whatever library wrote the directory ({@link TensorLayout}).
 */
public final class ClipWeights {

    public static final String LOGIT_SCALE = "logit_scale";
    static final String IMAGE_POSITIONS = "vision_model.embeddings.position_embedding.weight";
    public static final String TOKEN_EMBEDDING = "text_model.embeddings.token_embedding.weight";

    public static final String CONVOLUTION = "vision_model.convolutions.";

    public static final String LAYER = ".encoder.layers.";

    /** Elements of a matrix. A product of a few rows with a smaller one takes as long if it is not packed. */
    private static final int LEAST_PACKED = 1 << 17;

    private ClipWeights() {}

    /** The weights that {@code image_features} takes; none without a network. */
    public static Map<String, Shape> image(ClipConfig config) {
        ClipConfig.Vision vision = config.vision();
        if (!vision.hasNetwork()) {
            return Map.of();
        }
        if (vision.isConvolutional()) {
            return convolutions(vision);
        }
        ClipConfig.ImageForm form = vision.form();
        int width = vision.hiddenSize();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        String embeddings = "vision_model.embeddings.";
        if (form.classToken()) {
            shapes.put(embeddings + "class_embedding", new Shape(width));
        }
        shapes.put(embeddings + "patch_embedding.weight", new Shape(width, 3, vision.patchSize(), vision.patchSize()));
        if (form.patchBias()) {
            shapes.put(embeddings + "patch_embedding.bias", new Shape(width));
        }
        shapes.put(IMAGE_POSITIONS, new Shape(vision.positions(), width));
        if (form.preNorm()) {
            putNorm(shapes, "vision_model.pre_layrnorm", width);
        }
        putLayers(shapes, "vision_model", vision.layers(), width, vision.intermediateSize());
        putNorm(shapes, "vision_model.post_layernorm", width);
        if (form.pool() != null) {
            putPool(shapes, width, form.pool().intermediateSize());
        }
        putProjection(shapes, "visual_projection", form.projection(), config.projectionDim(), width);
        return shapes;
    }

    /** Of each convolution, its kernel and the norm of its channels. */
    private static Map<String, Shape> convolutions(ClipConfig.Vision vision) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = 0; i < vision.layers(); i++) {
            int inputs = i == 0 ? 3 : vision.channels(i - 1);
            shapes.put(CONVOLUTION + i + ".weight", new Shape(vision.channels(i), inputs, 3, 3));
            putNorm(shapes, CONVOLUTION + i + ".norm", vision.channels(i));
        }
        return shapes;
    }

    /** The token embedding, then the weights that {@code text_features} takes. */
    public static Map<String, Shape> text(ClipConfig config) {
        ClipConfig.Text text = config.text();
        int width = text.hiddenSize();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(TOKEN_EMBEDDING, new Shape(text.vocabSize(), width));
        shapes.put("text_model.embeddings.position_embedding.weight", new Shape(text.contextLength(), width));
        putLayers(shapes, "text_model", text.layers(), width, text.intermediateSize());
        putNorm(shapes, "text_model.final_layer_norm", width);
        putProjection(shapes, "text_projection", text.form().projection(), config.projectionDim(), width);
        return shapes;
    }

    /** All weights of both towers, and the logit scale; or those of the image tower, if there is no other. */
    public static Map<String, Shape> all(ClipConfig config) {
        Map<String, Shape> shapes = new LinkedHashMap<>(image(config));
        if (config.hasText()) {
            shapes.putAll(text(config));
            shapes.put(LOGIT_SCALE, new Shape());
        }
        return shapes;
    }

    /** Provides the array of a weight. */
    public interface Source {
        NDArray read(NDManager manager, String name, Shape shape) throws IOException;
    }

    /** Number of layers after a parameter in its tower: 0 for the last layer and what follows, all for embeddings. */
    public static int layersAfter(String parameter, ClipConfig config) {
        boolean image = !config.hasText() || parameter.startsWith("vision_") || parameter.startsWith("visual_");
        return layersAfter(
                parameter, image ? config.vision().layers() : config.text().layers());
    }

    /**
     * What the kernel keeps a weight of a frozen tower in; norms and sums are always float32, and in int8 all but the matrices of
     * dense layers.
     */
    public static Precision kept(String name, Shape shape, Precision tower) {
        boolean isRounded = isMultiplied(name) && (tower != Precision.INT8 || shape.dimension() == 2);
        return isRounded ? tower : Precision.FP32;
    }

    /** Whether the kernel can pack it: the matrix of a dense layer, or the patch embedding. */
    public static boolean isPackable(String name, Shape shape) {
        return isMultiplied(name) && shape.dimension() > 1;
    }

    /** Whether the kernel packs a weight of a frozen text tower for the ways of texts in a training, there and back. */
    public static boolean isPackedBothWays(String name, Shape shape) {
        return isPackable(name, shape) && shape.size() >= LEAST_PACKED;
    }

    /** Whether it does so with any. */
    public static boolean arePackedBothWays(ClipConfig.Text text) {
        return (long) text.hiddenSize() * text.intermediateSize() >= LEAST_PACKED;
    }

    private static boolean isMultiplied(String name) {
        return name.contains(".self_attn.")
                || name.contains(".mlp.")
                || name.contains(".head.attention.")
                || name.endsWith("patch_embedding.weight");
    }

    /** Number of layers after a weight in a tower of {@code layers}: 0 for the last layer and what follows it. */
    public static int layersAfter(String name, int layers) {
        String kind = name.startsWith(CONVOLUTION) ? CONVOLUTION : LAYER;
        int layer = name.indexOf(kind);
        if (layer >= 0) {
            int start = layer + kind.length();
            return layers - 1 - Integer.parseInt(name.substring(start, name.indexOf('.', start)));
        }
        return name.contains(".embeddings.") || name.contains("pre_layrnorm") ? layers : 0;
    }

    private static void putLayers(Map<String, Shape> shapes, String tower, int layers, int width, int hidden) {
        for (int i = 0; i < layers; i++) {
            String layer = tower + LAYER + i + ".";
            putNorm(shapes, layer + "layer_norm1", width);
            putDense(shapes, layer + "self_attn.q_proj", width, width);
            putDense(shapes, layer + "self_attn.k_proj", width, width);
            putDense(shapes, layer + "self_attn.v_proj", width, width);
            putDense(shapes, layer + "self_attn.out_proj", width, width);
            putNorm(shapes, layer + "layer_norm2", width);
            putDense(shapes, layer + "mlp.fc1", hidden, width);
            putDense(shapes, layer + "mlp.fc2", width, hidden);
        }
    }

    /** Named as in {@code SiglipVisionModel}, with a projection each for query, key and value. */
    private static void putPool(Map<String, Shape> shapes, int width, int hidden) {
        String pool = "vision_model.head.";
        shapes.put(pool + "probe", new Shape(1, 1, width));
        for (String each : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
            putDense(shapes, pool + "attention." + each, width, width);
        }
        putNorm(shapes, pool + "layernorm", width);
        putDense(shapes, pool + "mlp.fc1", hidden, width);
        putDense(shapes, pool + "mlp.fc2", width, hidden);
    }

    private static void putProjection(
            Map<String, Shape> shapes, String name, ClipConfig.Projection projection, int outputs, int inputs) {
        if (projection != ClipConfig.Projection.NONE) {
            shapes.put(name + ".weight", new Shape(outputs, inputs));
        }
        if (projection == ClipConfig.Projection.BIASED) {
            shapes.put(name + ".bias", new Shape(outputs));
        }
    }

    private static void putNorm(Map<String, Shape> shapes, String name, int width) {
        shapes.put(name + ".weight", new Shape(width));
        shapes.put(name + ".bias", new Shape(width));
    }

    private static void putDense(Map<String, Shape> shapes, String name, int outputs, int inputs) {
        shapes.put(name + ".weight", new Shape(outputs, inputs));
        shapes.put(name + ".bias", new Shape(outputs));
    }
}
