package io.numclip.onnx;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.PixelGrid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image tower as ONNX operators: what {@code encode_images} in the kernel's {@code tower.py} computes in float32.
 * Shapes are in the margin, with the letters of that file.
 */
final class TowerGraph {

    private static final String EMBEDDINGS = "vision_model.embeddings.";
    private static final String POOL = "vision_model.head.";

    private final Graph graph;
    private final Weights weights;
    private final ClipConfig.Vision vision;
    private final ClipConfig.ImageForm form;
    private final FeatureLayout layout;
    private final @Nullable Rotation rotation;

    TowerGraph(ClipConfig config, FeatureLayout layout, Weights weights) {
        this.graph = weights.graph();
        this.weights = weights;
        this.layout = layout;
        vision = config.vision();
        form = vision.form();
        rotation = form.rotary() == null ? null : new Rotation(vision, graph);
    }

    /**
     * What {@link FeatureLayout} says of a row, in parts.
     *
     * @param joint (N, D)
     * @param heads (N, E)
     */
    record Features(String joint, String heads) {}

    /** Of pixels (N, 3, H, W). */
    Features features(String pixels) {
        if (!vision.hasNetwork()) {
            String averages = averages(pixels);
            return new Features(averages, averages);
        }
        if (vision.isConvolutional()) {
            String features = new ConvolutionGraph(vision, weights).features(pixels);
            return new Features(features, features);
        }
        List<String> taps = new ArrayList<>();
        String x = tokens(pixels); // (N, L, W)
        for (int i = 0; i < vision.layers() - 1; i++) {
            x = layer(x, x, i, vision.positions()); // (N, L, W)
            if (layout.tapped().contains(i + 1)) {
                tap(x, taps);
            }
        }
        String image = image(x); // (N, W)
        String joint = projected(image); // (N, D)
        if (!layout.hasMore()) {
            return new Features(joint, joint);
        }
        taps.add(0, taps.isEmpty() ? image : graph.unit(image)); // (N, W)
        return new Features(joint, taps.size() == 1 ? taps.get(0) : graph.join(1, taps.toArray(String[]::new)));
    }

    /** Class token and mean of the patches of x (N, L, W). */
    private void tap(String x, List<String> taps) {
        int first = form.classToken() ? 1 : 0;
        if (form.classToken()) {
            taps.add(graph.unit(graph.reshape(graph.slice(x, 1, 0, 1), -1, vision.hiddenSize()))); // (N, W)
        }
        String patches = first == 0 ? x : graph.slice(x, 1, first, vision.positions()); // (N, L-C, W)
        String mean = graph.call(
                "ReduceMean",
                List.of(patches),
                Attribute.integers("axes", 1),
                Attribute.integer("keepdims", 0)); // (N, W)
        taps.add(graph.unit(mean));
    }

    /** The token (N, W) that stands for the image, from what enters the last layer (N, L, W). */
    private String image(String x) {
        boolean isPooled = form.pool() != null;
        String needed = isPooled ? x : graph.slice(x, 1, 0, 1); // (N, R, W)
        String last = layer(x, needed, vision.layers() - 1, isPooled ? vision.positions() : 1); // (N, R, W)
        String normed = norm(last, "vision_model.post_layernorm"); // (N, R, W)
        String image = form.pool() == null ? normed : pooled(normed, form.pool().heads()); // (N, 1, W)
        return graph.reshape(image, -1, vision.hiddenSize()); // (N, W)
    }

    /** The averages as {@code PixelGrid} computes them. */
    private String averages(String pixels) {
        long grid = vision.grid();
        long side = vision.patchSize();
        String squares = graph.reshape(pixels, -1, 3, grid, side, grid, side); // (N, 3, S, H / S, S, W / S)
        String means = graph.call(
                "ReduceMean",
                List.of(squares),
                Attribute.integers("axes", 3, 5),
                Attribute.integer("keepdims", 0)); // (N, 3, S, S)
        String averages = graph.reshape(means, 0, 3 * grid * grid); // (N, 3·S²)
        String constant = graph.number(PixelGrid.constant(vision.grid()));
        return graph.call("Pad", List.of(averages, graph.integers(0, 0, 0, 1), constant)); // (N, D)
    }

    private String tokens(String pixels) {
        List<String> inputs = form.patchBias()
                ? List.of(pixels, kernel(), weights.get(EMBEDDINGS + "patch_embedding.bias"))
                : List.of(pixels, kernel());
        long side = vision.patchSize();
        String patches = graph.call("Conv", inputs, Attribute.integers("strides", side, side)); // (N, W, rows, columns)
        patches = graph.reshape(patches, 0, vision.hiddenSize(), -1); // (N, W, L-C)
        patches = graph.transpose(patches, 0, 2, 1); // (N, L-C, W)
        if (form.classToken()) {
            patches = graph.join(1, classTokens(pixels), patches); // (N, L, W)
        }
        String x = graph.add(patches, weights.get(EMBEDDINGS + "position_embedding.weight")); // (N, L, W)
        return form.preNorm() ? norm(x, "vision_model.pre_layrnorm") : x; // (N, L, W)
    }

    private String kernel() {
        return weights.get(EMBEDDINGS + "patch_embedding.weight"); // (W, 3, P, P)
    }

    /** (N, 1, W) */
    private String classTokens(String pixels) {
        String images =
                graph.call("Shape", List.of(pixels), Attribute.integer("start", 0), Attribute.integer("end", 1)); // (1)
        String shape = graph.join(0, images, graph.integers(1, vision.hiddenSize())); // (3)
        return graph.call("Expand", List.of(weights.get(EMBEDDINGS + "class_embedding"), shape));
    }

    /** Computes {@code rows} (N, R, W), which are {@code x} (N, L, W) or its first tokens and attend to all of it. */
    private String layer(String x, String rows, int index, int count) {
        String name = "vision_model.encoder.layers." + index + ".";
        String attention = name + "self_attn.";
        String normed = norm(x, name + "layer_norm1"); // (N, L, W)
        String normedRows = rows.equals(x) ? normed : graph.slice(normed, 1, 0, 1); // (N, R, W)
        String keys = rotated(heads(normed, attention + "k_proj", vision.heads()), vision.positions());
        String values = heads(normed, attention + "v_proj", vision.heads()); // (N, H, L, W/H)
        String queries = rotated(heads(normedRows, attention + "q_proj", vision.heads()), count); // (N, H, R, W/H)
        String attended = attended(queries, keys, values, vision.heads()); // (N, R, W)
        String sum = graph.add(rows, weights.dense(attended, attention + "out_proj")); // (N, R, W)
        return graph.add(sum, mlp(sum, name + "layer_norm2", name + "mlp.")); // (N, R, W)
    }

    private String rotated(String x, int count) {
        return rotation == null ? x : rotation.of(x, count);
    }

    /** (N, H, L, W/H) of x (N, L, W). */
    private String heads(String x, String dense, int heads) {
        String split = graph.reshape(weights.dense(x, dense), 0, -1, heads, vision.hiddenSize() / heads);
        return graph.transpose(split, 0, 2, 1, 3);
    }

    private String attended(String queries, String keys, String values, int heads) {
        double scale = Math.sqrt(heads / (double) vision.hiddenSize()); // 1 / √(W/H)
        String turned = graph.transpose(keys, 0, 1, 3, 2); // (N, H, W/H, L)
        String scores = graph.product(graph.multiply(queries, graph.number(scale)), turned); // (N, H, R, L)
        String mixed = graph.product(graph.softmax(scores), values); // (N, H, R, W/H)
        return graph.reshape(graph.transpose(mixed, 0, 2, 1, 3), 0, -1, vision.hiddenSize()); // (N, R, W)
    }

    private String mlp(String x, String norm, String name) {
        String hidden = weights.dense(norm(x, norm), name + "fc1"); // (N, R, F)
        return weights.dense(activated(hidden), name + "fc2"); // (N, R, W)
    }

    /** The first two as ONNX Runtime recognises them. */
    private String activated(String x) {
        Activation activation = vision.activation();
        return switch (activation) {
            case QUICK_GELU -> {
                String steep = graph.multiply(x, graph.number(1.702));
                yield graph.multiply(x, graph.call("Sigmoid", List.of(steep)));
            }
            case GELU -> gelu(graph, x);
            case GELU_TANH -> {
                String cube = graph.call("Pow", List.of(x, graph.number(3)));
                String inner = graph.add(x, graph.multiply(cube, graph.number(0.044715)));
                String scaled = graph.multiply(inner, graph.number(Math.sqrt(2 / Math.PI)));
                String tanh = graph.call("Tanh", List.of(scaled));
                yield graph.multiply(graph.multiply(x, graph.number(0.5)), graph.add(tanh, graph.number(1)));
            }
        };
    }

    /** The exact GELU. */
    static String gelu(Graph graph, String x) {
        String erf = graph.call("Erf", List.of(graph.divide(x, graph.number(Math.sqrt(2)))));
        String twice = graph.multiply(x, graph.add(erf, graph.number(1)));
        return graph.multiply(twice, graph.number(0.5));
    }

    /** (N, 1, W) of normalised x (N, L, W). */
    private String pooled(String x, int heads) {
        String queries = heads(weights.get(POOL + "probe"), POOL + "attention.q_proj", heads); // (1, H, 1, W/H)
        String keys = heads(x, POOL + "attention.k_proj", heads); // (N, H, L, W/H)
        String values = heads(x, POOL + "attention.v_proj", heads); // (N, H, L, W/H)
        String token = weights.dense(attended(queries, keys, values, heads), POOL + "attention.out_proj"); // (N, 1, W)
        return graph.add(token, mlp(token, POOL + "layernorm", POOL + "mlp.")); // (N, 1, W)
    }

    private String projected(String x) {
        Projection projection = form.projection();
        if (projection == Projection.NONE) {
            return x;
        }
        return projection == Projection.PLAIN
                ? weights.times(x, "visual_projection.weight")
                : weights.exact().dense(x, "visual_projection");
    }

    private String norm(String x, String name) {
        return weights.norm(x, name, vision.layerNormEps());
    }
}
