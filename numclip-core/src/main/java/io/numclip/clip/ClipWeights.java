package io.numclip.clip;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Hugging Face names and shapes of a CLIP's weights, in the order in which {@code kernel/clip.py} takes them. */
final class ClipWeights {

    static final String LOGIT_SCALE = "logit_scale";
    static final String TOKEN_EMBEDDING = "text_model.embeddings.token_embedding.weight";

    private static final String LAYER = ".encoder.layers.";
    private static final int MOST_FAULTS = 5;

    private ClipWeights() {}

    /** The weights that {@code image_features} takes. */
    static Map<String, Shape> image(ClipConfig config) {
        ClipConfig.Vision vision = config.vision();
        int width = vision.hiddenSize();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        String embeddings = "vision_model.embeddings.";
        shapes.put(embeddings + "class_embedding", new Shape(width));
        shapes.put(embeddings + "patch_embedding.weight", new Shape(width, 3, vision.patchSize(), vision.patchSize()));
        shapes.put(embeddings + "position_embedding.weight", new Shape(vision.positions(), width));
        putNorm(shapes, "vision_model.pre_layrnorm", width);
        putLayers(shapes, "vision_model", vision.layers(), width, vision.intermediateSize());
        putNorm(shapes, "vision_model.post_layernorm", width);
        shapes.put("visual_projection.weight", new Shape(config.projectionDim(), width));
        return shapes;
    }

    /** The token embedding, then the weights that {@code text_features} takes. */
    static Map<String, Shape> text(ClipConfig config) {
        ClipConfig.Text text = config.text();
        int width = text.hiddenSize();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(TOKEN_EMBEDDING, new Shape(text.vocabSize(), width));
        shapes.put("text_model.embeddings.position_embedding.weight", new Shape(text.contextLength(), width));
        putLayers(shapes, "text_model", text.layers(), width, text.intermediateSize());
        putNorm(shapes, "text_model.final_layer_norm", width);
        shapes.put("text_projection.weight", new Shape(config.projectionDim(), width));
        return shapes;
    }

    /** Opens the weights of a directory, and checks that they fit its configuration. */
    static Safetensors open(Path directory, ClipConfig config) throws IOException {
        Path file = directory.resolve(ModelSource.WEIGHTS);
        Safetensors tensors = Safetensors.open(file);
        try {
            check(file, config, tensors.entries());
            return tensors;
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    static Parameter logitScale(NDManager manager, Tower.Source source) throws IOException {
        return Tower.parameter(LOGIT_SCALE, source.read(manager, LOGIT_SCALE, new Shape()));
    }

    /** Whether the kernel multiplies with this weight, possibly in bfloat16; norms and sums are always float32. */
    static boolean isMultiplied(String name) {
        return name.contains(".self_attn.") || name.contains(".mlp.") || name.endsWith("patch_embedding.weight");
    }

    /** Number of layers after a weight in a tower of {@code layers}: 0 for the last layer and what follows it. */
    static int layersAfter(String name, int layers) {
        int layer = name.indexOf(LAYER);
        if (layer >= 0) {
            int start = layer + LAYER.length();
            return layers - 1 - Integer.parseInt(name.substring(start, name.indexOf('.', start)));
        }
        return name.contains(".embeddings.") || name.contains("pre_layrnorm") ? layers : 0;
    }

    /**
     * Compares a file with the configuration. Integer tensors are buffers of old directories, and are ignored.
     *
     * @throws io.numclip.data.NumClipException naming the first five tensors that are missing, extra or of another
     *     shape
     */
    static void check(Path file, ClipConfig config, Map<String, Safetensors.Entry> found) {
        Map<String, Shape> expected = new LinkedHashMap<>(image(config));
        expected.putAll(text(config));
        expected.put(LOGIT_SCALE, new Shape());
        List<String> faults = new ArrayList<>();
        expected.forEach((name, shape) -> {
            Safetensors.Entry entry = found.get(name);
            if (entry == null) {
                faults.add("%s: expected %s, missing".formatted(name, shape));
            } else if (!entry.shape().equals(shape)) {
                faults.add("%s: expected %s, found %s".formatted(name, shape, entry.shape()));
            }
        });
        found.values().stream()
                .filter(entry ->
                        !expected.containsKey(entry.name()) && !entry.type().startsWith("I"))
                .forEach(entry -> faults.add("%s: not expected, found %s".formatted(entry.name(), entry.shape())));
        if (!faults.isEmpty()) {
            String first = faults.stream().limit(MOST_FAULTS).collect(Collectors.joining("; "));
            throw new NumClipException(
                    Kind.DATA,
                    "%s: %d tensors do not fit config.json: %s".formatted(file, faults.size(), first),
                    "Use config.json and model.safetensors of the same model.");
        }
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

    private static void putNorm(Map<String, Shape> shapes, String name, int width) {
        shapes.put(name + ".weight", new Shape(width));
        shapes.put(name + ".bias", new Shape(width));
    }

    private static void putDense(Map<String, Shape> shapes, String name, int outputs, int inputs) {
        shapes.put(name + ".weight", new Shape(outputs, inputs));
        shapes.put(name + ".bias", new Shape(outputs));
    }
}
