package io.numclip.clip;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Precision precision;
    private final Parameter logitScale;
    private final Tower imageTower;
    private final @Nullable Tower textTower;
    private int version;

    private ClipBackbone(
            ClipConfig config,
            NDManager manager,
            Precision precision,
            Parameter logitScale,
            Tower imageTower,
            @Nullable Tower textTower) {
        this.config = config;
        this.manager = manager;
        this.precision = precision;
        this.logitScale = logitScale;
        this.imageTower = imageTower;
        this.textTower = textTower;
    }

    /** Makes a backbone whose arrays live in a manager. */
    private interface Maker {
        ClipBackbone make(NDManager manager, Precision precision) throws IOException;
    }

    /**
     * Loads a Hugging Face CLIP directory. All parameters are frozen at first.
     *
     * @throws io.numclip.data.NumClipException if a file is absent or wrong, or tensors do not fit {@code config.json}
     */
    public static ClipBackbone load(Path directory, Device device, Precision precision) throws IOException {
        ClipConfig config = ClipConfig.read(directory);
        try (Safetensors tensors = open(directory, config)) {
            return create(
                    device,
                    precision,
                    (manager, decided) ->
                            learnable(config, manager, decided, (owner, name, shape) -> tensors.array(name, owner)));
        }
    }

    /**
     * Loads the image tower and the logit scale alone, for prediction: there is nothing to learn, the text tower is not
     * read, and the weights take half the memory in bfloat16.
     *
     * @param overrides a safetensors file; what it has of the tower's weights is read instead
     * @throws io.numclip.data.NumClipException if a file is absent or wrong, or tensors do not fit {@code config.json}
     */
    public static ClipBackbone loadForImages(
            Path directory, @Nullable Path overrides, Device device, Precision precision) throws IOException {
        ClipConfig config = ClipConfig.read(directory);
        try (Safetensors tensors = open(directory, config);
                Safetensors others = overrides == null ? null : Safetensors.open(overrides)) {
            Tower.Source source = (owner, name, shape) ->
                    others != null && others.has(name, shape) ? others.array(name, owner) : tensors.array(name, owner);
            return create(device, precision, (manager, decided) -> fixed(config, manager, decided, source));
        }
    }

    /** A CLIP with random weights, as {@code transformers} initialises them; the same seed gives the same weights. */
    public static ClipBackbone random(ClipConfig config, long seed, Device device, Precision precision) {
        try {
            Tower.Source source = new ClipInitializer(config, seed)::draw;
            return create(device, precision, (manager, decided) -> learnable(config, manager, decided, source));
        } catch (IOException e) {
            throw new IllegalStateException("drawing weights reads nothing", e);
        }
    }

    private static Safetensors open(Path directory, ClipConfig config) throws IOException {
        Path file = directory.resolve(ModelSource.WEIGHTS);
        Safetensors tensors = Safetensors.open(file);
        try {
            ClipWeights.check(file, config, tensors.entries());
            return tensors;
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private static ClipBackbone create(Device device, Precision precision, Maker maker) throws IOException {
        NDManager manager = NDManager.newBaseManager(device, "PyTorch");
        try {
            return maker.make(manager, precision.on(manager.getDevice()));
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static ClipBackbone learnable(
            ClipConfig config, NDManager manager, Precision precision, Tower.Source source) throws IOException {
        Tower image = Tower.learnable(manager, ClipWeights.image(config), 0, source, config.vision(), precision);
        Tower text = Tower.learnable(manager, ClipWeights.text(config), 1, source, config.text(), precision);
        return new ClipBackbone(config, manager, precision, logitScale(manager, source), image, text);
    }

    private static ClipBackbone fixed(ClipConfig config, NDManager manager, Precision precision, Tower.Source source)
            throws IOException {
        Tower image = Tower.fixed(manager, ClipWeights.image(config), source, config.vision(), precision);
        return new ClipBackbone(config, manager, precision, logitScale(manager, source), image, null);
    }

    private static Parameter logitScale(NDManager manager, Tower.Source source) throws IOException {
        return Tower.parameter(ClipWeights.LOGIT_SCALE, source.read(manager, ClipWeights.LOGIT_SCALE, new Shape()));
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

    /**
     * Parameters of the image tower with its projection, by Hugging Face name ({@code vision_model.…},
     * {@code visual_projection.weight}); none where the backbone was loaded for images.
     */
    public Map<String, Parameter> imageParameters() {
        return imageTower.parameters();
    }

    /** Parameters of the text tower with its embeddings and projection, by Hugging Face name; none without that tower. */
    public Map<String, Parameter> textParameters() {
        return textTower == null ? Map.of() : textTower.parameters();
    }

    /** To be called after parameters that are frozen were written to. */
    public void weightsChanged() {
        version++;
        imageTower.weightsChanged();
        if (textTower != null) {
            textTower.weightsChanged();
        }
    }

    /** Another number after every {@link #weightsChanged}, for whoever keeps what the towers have made. */
    public int version() {
        return version;
    }

    /** How many layers of its tower come after a parameter: 0 for the last layer and what follows, all for the embeddings. */
    public int layersAfter(String parameter) {
        boolean image = imageParameters().containsKey(parameter);
        int layers = image ? config.vision().layers() : config.text().layers();
        return ClipWeights.layersAfter(parameter, layers);
    }

    /** The parameter {@code logit_scale}, a scalar: the logarithm of the scale. */
    public Parameter logitScale() {
        return logitScale;
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised; may lie on the CPU while the tower is on a GPU
     * @param training true keeps the graph
     * @return (N, D) not normalised, attached to the manager of {@code pixels}
     */
    public NDArray encodeImages(NDArray pixels, boolean training) {
        int size = config.vision().imageSize();
        requireShape("pixels", pixels, new Shape(-1, 3, size, size));
        return imageTower.run("image_features", List.of(pixels), training); // (N, D)
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
        return textTower()
                .call("token_embeddings")
                .tensor(textParameters().get(ClipWeights.TOKEN_EMBEDDING).getArray())
                .tensor(tokens)
                .run(tokens.getManager(), graph); // (K, L, W)
    }

    /**
     * What later tokens see of the tokens that all sentences begin with, B of them: keys and values of every layer.
     *
     * @param embeddings (1, B, W) token embeddings without positions
     * @param training true keeps the graph
     * @return (layers, 2, 1, H, B, W/H) for {@link #encodeEmbeddings(NDArray, NDArray, NDArray, boolean)}
     */
    public NDArray encodeBeginning(NDArray embeddings, boolean training) {
        requireShape("embeddings", embeddings, new Shape(1, -1, config.text().hiddenSize()));
        requireContext(embeddings.getShape().get(1));
        return textTower().run("text_beginning", List.of(embeddings), training);
    }

    /**
     * Text tower from embeddings, for prompt learning.
     *
     * @param beginning of all sentences, as {@link #encodeBeginning} gives it; it is not read again for each of them
     * @param embeddings (K, L, W) token embeddings of the rest, without positions
     * @param endPositions (K) int64, where each sequence has its end token, which is in the rest
     * @param training true keeps the graph
     * @return (K, D) not normalised
     */
    public NDArray encodeEmbeddings(NDArray beginning, NDArray embeddings, NDArray endPositions, boolean training) {
        ClipConfig.Text text = config.text();
        int headSize = text.hiddenSize() / text.heads();
        requireShape("beginning", beginning, new Shape(text.layers(), 2, 1, text.heads(), -1, headSize));
        return encode(beginning, beginning.getShape().get(4), embeddings, endPositions, training); // (K, D)
    }

    /**
     * The same for sentences with nothing in common.
     *
     * @param embeddings (K, L, W) token embeddings without positions
     */
    public NDArray encodeEmbeddings(NDArray embeddings, NDArray endPositions, boolean training) {
        NDArray nothing = embeddings.getManager().create(new Shape(0)); // (0)
        return encode(nothing, 0, embeddings, endPositions, training); // (K, D)
    }

    private NDArray encode(NDArray beginning, long begun, NDArray embeddings, NDArray endPositions, boolean training) {
        requireShape("embeddings", embeddings, new Shape(-1, -1, config.text().hiddenSize()));
        requireShape(
                "endPositions", endPositions, new Shape(embeddings.getShape().get(0)));
        requireContext(begun + embeddings.getShape().get(1));
        return textTower().run("text_features", List.of(embeddings, beginning, endPositions), training); // (K, D)
    }

    private void requireContext(long tokens) {
        if (tokens > config.text().contextLength()) {
            throw new IllegalArgumentException("embeddings: %d tokens, the context has %d"
                    .formatted(tokens, config.text().contextLength()));
        }
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

    /**
     * Writes {@code config.json} and {@code model.safetensors} (float16 when {@code half}) into a directory; not for a
     * backbone that was loaded for images.
     */
    public void save(Path directory, boolean half) throws IOException {
        Files.createDirectories(directory);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        imageParameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        textTower().parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        arrays.put(ClipWeights.LOGIT_SCALE, logitScale.getArray());
        SafetensorsWriter.Type type = half ? SafetensorsWriter.Type.F16 : SafetensorsWriter.Type.F32;
        SafetensorsWriter.write(directory.resolve(ModelSource.WEIGHTS), arrays, type, Map.of("format", "pt"));
        config.write(directory, half);
    }

    private Tower textTower() {
        if (textTower == null) {
            throw new IllegalStateException("this backbone was loaded for images; it has no text tower");
        }
        return textTower;
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
