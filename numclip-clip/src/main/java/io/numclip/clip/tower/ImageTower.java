package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.lora.LowRank;
import io.numclip.clip.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The image tower of a CLIP, which maps pixels to vectors of width D, with the logit scale: all that prediction needs.
 * Thread-safe as long as nothing is trained; {@link DividedTower} trains it on several threads. Source: Radford et al.,
 * "Learning Transferable Visual Models From Natural Language Supervision", 2021, section 2.4.
 *
 * <p>If neither the weights nor the input require gradients there is no graph, whatever {@code training} says; a result
 * of {@code training = false} must not enter a graph.
 */
public final class ImageTower implements ImageEncoder, AutoCloseable {

    private final ClipConfig config;
    private final Tower tower;
    private final @Nullable StoredTower stored;
    private final Parameter logitScale;
    private final NDManager manager;
    private final Precision precision;
    private final ParameterVersion version;
    private final FeatureLayout layout;
    private final NDArray settings;

    /** @param stored where the weights lie that the tower has no parameters for; null: it has them all */
    ImageTower(
            ClipConfig config,
            Tower tower,
            @Nullable StoredTower stored,
            Parameter logitScale,
            NDManager manager,
            Precision precision,
            ParameterVersion version,
            FeatureLayout layout) {
        this.config = config;
        this.tower = tower;
        this.stored = stored;
        this.logitScale = logitScale;
        this.manager = manager;
        this.precision = precision;
        this.version = version;
        this.layout = layout;
        this.settings = tower.settings(TowerSettings.of(config.vision(), precision, layout));
    }

    /** The image tower of a directory as it is. */
    public static ImageTower load(Path directory, Device device, Precision precision) throws IOException {
        return load(directory, null, null, device, precision);
    }

    /**
     * Loads the image tower of a directory for prediction: it cannot be trained, the text tower is
     * not read, and the weights take half the memory in bfloat16.
     *
     * @param overrides a safetensors file; the weights of the tower that it contains replace those of the directory, and
     *     low-rank changes are added to them
     * @param imageSize side of the images in pixels; null: that of the directory. Positions are resized to it
     * @throws io.numclip.data.NumClipException if a file is missing or wrong, or tensors do not fit the configuration
     */
    public static ImageTower load(
            Path directory, @Nullable Path overrides, @Nullable Integer imageSize, Device device, Precision precision)
            throws IOException {
        StoredTower stored = new StoredTower(ClipDirectory.open(directory).at(imageSize), overrides);
        ClipConfig config = stored.clip().config();
        Precision possible = SmallNetwork.precision(config, precision);
        return stored.open((source, others) -> ClipBackbone.onDevice(device, possible, (manager, decided) -> {
            ParameterVersion version = new ParameterVersion();
            Map<String, Shape> shapes = ClipWeights.image(config);
            Tower tower = config.vision().isConvolutional()
                    ? Tower.learnable(manager, shapes, 0, source, config.vision(), decided, version)
                    : Tower.fixed(manager, shapes, source, others, config.vision(), decided, version);
            Parameter logitScale = logitScale(manager, source, config);
            FeatureLayout usual = FeatureLayout.of(FeatureLayout.Choice.PROJECTED, config);
            return new ImageTower(config, tower, stored, logitScale, manager, decided, version, usual);
        }));
    }

    /**
     * The same tower, to be used in the place of this one, with other numbers behind those of the joint space.
     *
     * @throws io.numclip.data.NumClipException if it has none to choose from
     */
    public ImageTower giving(FeatureLayout.Choice choice) {
        FeatureLayout chosen = FeatureLayout.of(choice, config);
        return new ImageTower(config, tower, stored, logitScale, manager, precision, version, chosen);
    }

    /**
     * Whether a file, given to {@link #load} as overrides, would make another tower of the one in the directory. A file that
     * changes only the logit scale does not.
     */
    public static boolean isChangedBy(Path overrides, Path directory) throws IOException {
        Set<String> weights = ClipWeights.image(ClipDirectory.config(directory)).keySet();
        try (Safetensors tensors = Safetensors.open(overrides)) {
            Set<String> stored = tensors.entries().keySet();
            return weights.stream().anyMatch(name -> stored.contains(name) || LowRank.changes(name, stored));
        }
    }

    /**
     * The same network for one more model: it has a logit scale and memory of its own, and uses the weights of this one.
     * Closing it frees what it owns; closing this one closes it too. For towers that were loaded for prediction.
     */
    public ImageTower share() {
        NDManager own = manager.newSubManager();
        NDArray scale = logitScale.getArray().duplicate(); // ()
        scale.attach(own);
        Parameter ownScale = NoGradient.parameter(ClipWeights.LOGIT_SCALE, scale);
        return new ImageTower(config, tower, stored, ownScale, own, precision, new ParameterVersion(), layout);
    }

    /** Whether the other one gives the same of an image, by the same weights. */
    public boolean isSame(ImageTower other) {
        return tower == other.tower && layout.equals(other.layout);
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised; may be on the CPU while the tower is on a GPU
     * @param training true keeps the graph
     * @return rows as {@link #layout} says; the vectors of the joint space are not normalised
     * @throws IllegalStateException if a gradient of the pixels is asked of a tower that was loaded for prediction, whose weights
     *     are packed where the processor multiplies by packed ones
     */
    @Override
    public NDArray encode(NDArray pixels, boolean training) {
        requireShape(pixels);
        if (config.vision().isConvolutional()) {
            return SmallNetwork.encode(pixels, tower.weights(), training); // (N, D)
        }
        return config.vision().hasNetwork()
                ? tower.run("image_features", List.of(pixels), settings, training) // (N, width)
                : PixelGrid.features(pixels, config.vision().grid()); // (N, D)
    }

    /** Fails if they are not such as {@link #encode} takes. */
    void requireShape(NDArray pixels) {
        int size = config.vision().imageSize();
        Shapes.require("pixels", pixels, new Shape(-1, 3, size, size));
    }

    /** For {@link DividedTower}. */
    Tower tower() {
        return tower;
    }

    /** What learns the parameters. */
    TowerPart part(NDManager owner) {
        return tower.part(settings, owner);
    }

    /** As {@link Tower#replica}. */
    TowerPart replica(NDManager owner) {
        return tower.replica(settings, owner);
    }

    /**
     * Parameters of the tower and its projection, by Hugging Face name ({@code vision_model.…},
     * {@code visual_projection.weight}); none if it was loaded for prediction.
     */
    public Map<String, Parameter> parameters() {
        return tower.parameters();
    }

    /** What training changes, by name: the matrices of low-rank changes ({@link Lora}), or else all parameters. */
    public Map<String, Parameter> trainable() {
        return tower.trainable();
    }

    /**
     * All weights by Hugging Face name, in float32, whether the tower has parameters or not. A tower that was loaded for
     * prediction reads them from its files again.
     *
     * @param owner owns them
     */
    public Map<String, NDArray> weights(NDManager owner) throws IOException {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        if (stored == null) {
            parameters().forEach((name, parameter) -> {
                NDArray copy = parameter.getArray().toDevice(owner.getDevice(), true);
                copy.attach(owner);
                weights.put(name, copy);
            });
            return weights;
        }
        return stored.open((source, others) -> {
            Tower.read(owner, ClipWeights.image(config), source, others, (name, weight) -> {
                weight.attach(owner);
                weights.put(name, weight);
            });
            return weights;
        });
    }

    /** An image tower alone has the initial one, which nothing is multiplied by. */
    static Parameter logitScale(NDManager manager, ClipWeights.Source source, ClipConfig config) throws IOException {
        NDArray scale = config.hasText()
                ? source.read(manager, ClipWeights.LOGIT_SCALE, new Shape())
                : manager.create((float) config.logitScaleInit()); // ()
        return NoGradient.parameter(ClipWeights.LOGIT_SCALE, scale);
    }

    /** The parameter {@code logit_scale}, a scalar: the logarithm of the scale. */
    public Parameter logitScale() {
        return logitScale;
    }

    /** D, the width of the joint space. */
    public int embedDim() {
        return config.projectionDim();
    }

    /** What is where in a row. */
    public FeatureLayout layout() {
        return layout;
    }

    @Override
    public int width() {
        return layout.width();
    }

    public ClipConfig config() {
        return config;
    }

    /** The precision in which the tower computes; never {@code auto}. */
    public Precision precision() {
        return precision;
    }

    @Override
    public TowerMemory memory() {
        TowerMemory memory = PredictionMemory.of(config, precision);
        return manager.getDevice().isGpu() ? memory.onGpu() : memory;
    }

    /** Told of every change of parameters. */
    public ParameterVersion version() {
        return version;
    }

    /** Owns the weights; inputs may belong to any sub-manager. */
    @Override
    public NDManager manager() {
        return manager;
    }

    /** Frees all weights, including those of the text tower that was loaded with it. */
    @Override
    public void close() {
        manager.close();
    }
}
