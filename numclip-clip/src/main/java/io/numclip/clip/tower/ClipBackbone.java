package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfigFile;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.kernel.NativeKernel;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Both towers of a CLIP, for training: they map images and texts to vectors in one joint space of width D. Of a model that has
 * an image tower only, just that.
 *
 * <p>Each tower is one native call (see {@link NativeKernel}). Weights are DJL parameters, so a
 * {@code GradientCollector} finds their gradients after {@code parameter.freeze(false)}; all of them are frozen at
 * first.
 */
public final class ClipBackbone implements AutoCloseable {

    private final ImageTower imageTower;
    private final @Nullable TextTower textTower;

    private final Map<Lora.Side, Tower> towers;

    private ClipBackbone(ImageTower imageTower, @Nullable TextTower textTower, Map<Lora.Side, Tower> towers) {
        this.towers = towers;
        this.imageTower = imageTower;
        this.textTower = textTower;
    }

    /**
     * Loads a directory in the layout of transformers or OpenCLIP.
     *
     * @throws io.numclip.data.NumClipException if a file is missing or wrong, or tensors do not fit the configuration
     */
    public static ClipBackbone load(Path directory, Device device, Precision precision) throws IOException {
        return load(directory, null, device, precision);
    }

    /** @param imageSize side of the images in pixels; null: that of the directory. Positions are resized to it */
    public static ClipBackbone load(Path directory, @Nullable Integer imageSize, Device device, Precision precision)
            throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory).at(imageSize);
        try (StoredWeights weights = StoredWeights.open(clip)) {
            return onDevice(
                    device,
                    SmallNetwork.precision(clip.config(), precision),
                    (manager, decided) -> create(clip.config(), manager, decided, weights));
        }
    }

    /**
     * The same for training. A network that has seen nothing yet gets random weights.
     *
     * @param seed of these weights
     */
    public static ClipBackbone load(
            Path directory, @Nullable Integer imageSize, long seed, Device device, Precision precision)
            throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory).at(imageSize);
        return clip.isUntrained()
                ? random(clip.config(), seed, device, precision)
                : load(directory, imageSize, device, precision);
    }

    /** A CLIP with random weights, as {@code transformers} initialises them; the same seed gives the same weights. */
    public static ClipBackbone random(ClipConfig config, long seed, Device device, Precision precision) {
        try {
            ClipWeights.Source source = new ClipInitializer(config, seed)::initialise;
            return onDevice(
                    device,
                    SmallNetwork.precision(config, precision),
                    (manager, decided) -> create(config, manager, decided, source));
        } catch (IOException e) {
            throw new IllegalStateException("random weights read nothing", e);
        }
    }

    /** Creates something whose arrays a manager owns, in a precision that is not {@code auto}. */
    interface Maker<T> {
        T make(NDManager manager, Precision precision) throws IOException;
    }

    static <T> T onDevice(Device device, Precision precision, Maker<T> maker) throws IOException {
        NDManager manager = NativeLibrary.manager(device);
        try {
            return maker.make(manager, precision.on(manager.getDevice()));
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static ClipBackbone create(
            ClipConfig config, NDManager manager, Precision precision, ClipWeights.Source source) throws IOException {
        ParameterVersion version = new ParameterVersion();
        Tower images =
                Tower.learnable(manager, ClipWeights.image(config), 0, source, config.vision(), precision, version);
        Parameter logitScale = ImageTower.logitScale(manager, source, config);
        FeatureLayout usual = FeatureLayout.of(FeatureLayout.Choice.PROJECTED, config);
        ImageTower imageTower = new ImageTower(config, images, null, logitScale, manager, precision, version, usual);
        if (!config.hasText()) {
            return new ClipBackbone(imageTower, null, Map.of(Lora.Side.IMAGE, images));
        }
        Tower texts = Tower.learnable(
                manager, ClipWeights.text(config), 1, source, config.text(), precision.ofTexts(), version);
        return new ClipBackbone(
                imageTower,
                new TextTower(config, texts, manager, version),
                Map.of(Lora.Side.IMAGE, images, Lora.Side.TEXT, texts));
    }

    /**
     * Adds low-rank changes to the towers that {@code lora} names, if they are there. They are then what training changes in these towers, and
     * are zero at first.
     *
     * @param seed of the random matrices; each has numbers of its own, by its name
     * @return the matrices by name; none if {@code lora} has no rank
     */
    public Map<String, Parameter> adapt(Lora lora, long seed) {
        Map<String, Parameter> matrices = new LinkedHashMap<>();
        if (lora.hasRank()) {
            requireLayers(lora);
            for (Lora.Side side : lora.towers()) {
                Tower tower = towers.get(side);
                if (tower != null) {
                    tower.adapt(lora, seed);
                    matrices.putAll(tower.trainable());
                }
            }
            imageTower.version().parametersReplaced();
        }
        return matrices;
    }

    private void requireLayers(Lora lora) {
        int texts = config().hasText() ? config().text().layers() : 0;
        int layers = Math.max(config().vision().layers(), texts);
        if (!lora.layers().equals("all") && lora.count() > layers) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.lora.layers: the towers have at most " + layers + " layers; found " + lora.layers(),
                    "Name fewer layers, or all.");
        }
    }

    public ImageTower imageTower() {
        return imageTower;
    }

    /** @throws NumClipException if there is an image tower only, as {@link ClipConfig#hasText} says */
    public TextTower textTower() {
        config().text();
        return Objects.requireNonNull(textTower);
    }

    public ClipConfig config() {
        return imageTower.config();
    }

    /** D, the width of the joint space. */
    public int embedDim() {
        return imageTower.embedDim();
    }

    /** The precision in which the image tower computes, and the text tower unless it is {@code int8}; never {@code auto}. */
    public Precision precision() {
        return imageTower.precision();
    }

    /** The parameter {@code logit_scale}, a scalar: the logarithm of the scale. */
    public Parameter logitScale() {
        return imageTower.logitScale();
    }

    /** Owns the parameters; inputs may belong to any sub-manager. */
    public NDManager manager() {
        return imageTower.manager();
    }

    /** Writes {@code config.json} and {@code model.safetensors} (float16 when {@code half}) into a directory. */
    public void save(Path directory, boolean half) throws IOException {
        Files.createDirectories(directory);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        imageTower.parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        textTower().parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        arrays.put(ClipWeights.LOGIT_SCALE, logitScale().getArray());
        SafetensorsWriter.Type type = half ? SafetensorsWriter.Type.F16 : SafetensorsWriter.Type.F32;
        ClipConfigFile.write(config(), directory.resolve(ClipConfigFile.NAME), half);
        SafetensorsWriter.write(directory.resolve(ModelFiles.WEIGHTS), arrays, type, Map.of("format", "pt"));
    }

    /** Frees all weights; the arrays of the parameters are unusable afterwards. */
    @Override
    public void close() {
        imageTower.close();
    }
}
