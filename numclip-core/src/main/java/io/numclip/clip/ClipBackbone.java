package io.numclip.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Both towers of a CLIP: pixels and token sequences to vectors in one joint space of width D. Source: Radford et al.,
 * "Learning Transferable Visual Models From Natural Language Supervision", 2021, section 2.4.
 *
 * <p>Each tower is one native call (see {@link NativeKernel}). Weights are DJL parameters, so a {@code GradientCollector}
 * finds their gradients after {@code parameter.freeze(false)}. Where weights and input
 * are all frozen, there is no graph, whatever {@code training} says; a result of {@code training = false} must not
 * enter a graph. Letters: N images, K texts, L tokens, W width of a tower.
 */
public final class ClipBackbone implements AutoCloseable {

    private final ClipConfig config;
    private final NDManager manager;
    private final NativeKernel kernel;
    private final Map<String, Parameter> imageParameters;
    private final Map<String, Parameter> textParameters;
    private final Parameter logitScale;
    private final Precision precision;
    private final NDArray imageSettings;
    private final NDArray textSettings;

    private ClipBackbone(ClipConfig config, NDManager manager, Precision precision, WeightSource source)
            throws IOException {
        this.config = config;
        this.manager = manager;
        this.kernel = NativeKernel.load(manager);
        this.imageParameters = parameters(ClipWeights.image(config), source);
        this.textParameters = parameters(ClipWeights.text(config), source);
        this.logitScale = parameter(ClipWeights.LOGIT_SCALE, new Shape(), source);
        boolean bf16 = precision.isBf16On(manager.getDevice());
        this.precision = bf16 ? Precision.BF16 : Precision.FP32;
        ClipConfig.Vision vision = config.vision();
        ClipConfig.Text text = config.text();
        NDManager cpu = manager.newSubManager(Device.cpu());
        this.imageSettings = settings(cpu, vision.heads(), vision.layerNormEps(), vision.activation(), bf16);
        this.textSettings = settings(cpu, text.heads(), text.layerNormEps(), text.activation(), bf16);
    }

    /** Where the array of a weight comes from. */
    private interface WeightSource {
        NDArray read(NDManager manager, String name, Shape shape) throws IOException;
    }

    /**
     * Loads a Hugging Face CLIP directory. All parameters are frozen at first.
     *
     * @throws io.numclip.data.NumClipException if a file is absent or wrong, or tensors do not fit {@code config.json}
     */
    public static ClipBackbone load(Path directory, Device device, Precision precision) throws IOException {
        ClipConfig config = ClipConfig.read(directory);
        Path file = directory.resolve(ModelSource.WEIGHTS);
        try (Safetensors tensors = Safetensors.open(file)) {
            ClipWeights.check(file, config, tensors.entries());
            return create(config, device, precision, (manager, name, shape) -> tensors.array(name, manager));
        }
    }

    /** A CLIP with random weights, as {@code transformers} initialises them; the same seed gives the same weights. */
    public static ClipBackbone random(ClipConfig config, long seed, Device device, Precision precision) {
        try {
            return create(config, device, precision, new ClipInitializer(config, seed)::draw);
        } catch (IOException e) {
            throw new IllegalStateException("drawing weights reads nothing", e);
        }
    }

    private static ClipBackbone create(ClipConfig config, Device device, Precision precision, WeightSource source)
            throws IOException {
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try {
            return new ClipBackbone(config, manager, precision, source);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private Map<String, Parameter> parameters(Map<String, Shape> shapes, WeightSource source) throws IOException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
            parameters.put(weight.getKey(), parameter(weight.getKey(), weight.getValue(), source));
        }
        return Collections.unmodifiableMap(parameters);
    }

    private Parameter parameter(String name, Shape shape, WeightSource source) throws IOException {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optArray(source.read(manager, name, shape))
                .build();
        parameter.freeze(true);
        return parameter;
    }

    private static NDArray settings(
            NDManager cpu, int heads, double epsilon, ClipConfig.Activation activation, boolean bf16) {
        double quick = activation == ClipConfig.Activation.QUICK_GELU ? 1 : 0;
        return cpu.create(new double[] {heads, epsilon, quick, bf16 ? 1 : 0});
    }

    public ClipConfig config() {
        return config;
    }

    /** What the towers compute in: {@code auto} has been decided. */
    public Precision precision() {
        return precision;
    }

    /** Owns the parameters; inputs may live in any sub-manager. */
    public NDManager manager() {
        return manager;
    }

    /** D, the width of the joint space. */
    public int embedDim() {
        return config.projectionDim();
    }

    /** Parameters of the image tower with its projection, by Hugging Face name ({@code vision_model.…}, {@code visual_projection.weight}). */
    public Map<String, Parameter> imageParameters() {
        return imageParameters;
    }

    /** Parameters of the text tower with its embeddings and projection, by Hugging Face name. */
    public Map<String, Parameter> textParameters() {
        return textParameters;
    }

    /** The parameter {@code logit_scale}, a scalar: the logarithm of the scale. */
    public Parameter logitScale() {
        return logitScale;
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised
     * @param training true keeps the graph
     * @return (N, D) not normalised, attached to the manager of {@code pixels}
     */
    public NDArray encodeImages(NDArray pixels, boolean training) {
        int size = config.vision().imageSize();
        requireShape("pixels", pixels, new Shape(-1, 3, size, size));
        return kernel.call("image_features")
                .list(arrays(imageParameters.values()))
                .tensor(onDevice(pixels))
                .tensor(imageSettings)
                .run(pixels.getManager(), training); // (N, D)
    }

    /**
     * @param tokens (K, L) int64, L at most the context length
     * @return (K, L, W) rows of the token embedding, without positions; not part of a graph
     */
    public NDArray tokenEmbeddings(NDArray tokens) {
        return embed(tokens, false);
    }

    private NDArray embed(NDArray tokens, boolean graph) {
        requireShape("tokens", tokens, new Shape(-1, -1));
        return kernel.call("token_embeddings")
                .tensor(textParameters.get(ClipWeights.TOKEN_EMBEDDING).getArray())
                .tensor(onDevice(tokens))
                .run(tokens.getManager(), graph); // (K, L, W)
    }

    /**
     * Text tower from embeddings, for prompt learning.
     *
     * @param embeddings (K, L, W) token embeddings without positions
     * @param endPositions (K) int64, where each sequence has its end token
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeEmbeddings(NDArray embeddings, NDArray endPositions, boolean training) {
        requireShape("embeddings", embeddings, new Shape(-1, -1, config.text().hiddenSize()));
        requireShape(
                "endPositions", endPositions, new Shape(embeddings.getShape().get(0)));
        if (embeddings.getShape().get(1) > config.text().contextLength()) {
            throw new IllegalArgumentException("embeddings: %d tokens, the context has %d"
                    .formatted(embeddings.getShape().get(1), config.text().contextLength()));
        }
        List<NDArray> weights = arrays(textParameters.values());
        return kernel.call("text_features")
                .list(weights.subList(1, weights.size())) // all but the token embedding
                .tensor(onDevice(embeddings))
                .tensor(onDevice(endPositions))
                .tensor(textSettings)
                .run(embeddings.getManager(), training); // (K, D)
    }

    /**
     * Text tower from token ids; gradients reach the token embedding.
     *
     * @param tokens (K, L) int64, padded to the longest
     * @param endPositions (K) int64, where each sequence has its (first) end token
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeTokens(NDArray tokens, NDArray endPositions, boolean training) {
        return encodeEmbeddings(embed(tokens, training), endPositions, training); // (K, D)
    }

    /** Writes {@code config.json} and {@code model.safetensors} (float16 when {@code half}) into a directory. */
    public void save(Path directory, boolean half) throws IOException {
        Files.createDirectories(directory);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        imageParameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        textParameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        arrays.put(ClipWeights.LOGIT_SCALE, logitScale.getArray());
        SafetensorsWriter.Type type = half ? SafetensorsWriter.Type.F16 : SafetensorsWriter.Type.F32;
        SafetensorsWriter.write(directory.resolve(ModelSource.WEIGHTS), arrays, type, Map.of("format", "pt"));
        config.write(directory, half);
    }

    private NDArray onDevice(NDArray array) {
        return array.toDevice(manager.getDevice(), false);
    }

    private static List<NDArray> arrays(Collection<Parameter> parameters) {
        return parameters.stream().map(Parameter::getArray).collect(Collectors.toList());
    }

    /** @param expected -1 stands for any number */
    private static void requireShape(String what, NDArray array, Shape expected) {
        Shape found = array.getShape();
        boolean fits = found.dimension() == expected.dimension();
        for (int i = 0; fits && i < expected.dimension(); i++) {
            fits = expected.get(i) == -1 || expected.get(i) == found.get(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("%s: shape %s, expected %s".formatted(what, found, expected));
        }
    }

    /** Frees all weights; the arrays of the parameters are gone afterwards. */
    @Override
    public void close() {
        manager.close();
    }
}
