package io.numclip.clip.directory;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.directory.TensorLayout.Stored;
import io.numclip.clip.kernel.NativeKernel;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RememberedDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The weights of a directory by their names in {@link ClipWeights}, from one or several files in any layout. */
public final class StoredWeights implements ClipWeights.Source, AutoCloseable {

    private static final int MOST_FAULTS = 5;

    private final ClipDirectory directory;
    private final List<Safetensors> files = new ArrayList<>();
    private final Map<String, Located> tensors = new LinkedHashMap<>();

    /** A tensor and its file. */
    private record Located(Safetensors file, Safetensors.Entry entry) {}

    private StoredWeights(ClipDirectory directory) {
        this.directory = directory;
    }

    /**
     * Opens the files and checks that they fit the configuration. Integer tensors are buffers of old directories, and are
     * ignored.
     *
     * @throws NumClipException naming the first five tensors that are missing, extra or of another shape
     */
    public static StoredWeights open(ClipDirectory directory) throws IOException {
        StoredWeights weights = new StoredWeights(directory);
        try {
            for (Path file : directory.weights()) {
                weights.add(Safetensors.open(file));
            }
            weights.check();
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void add(Safetensors file) {
        files.add(file);
        for (Safetensors.Entry entry : file.entries().values()) {
            Located other = tensors.put(plain(entry.name()), new Located(file, entry));
            if (other != null) {
                throw new NumClipException(
                        Kind.DATA,
                        "%s: tensor %s is in %s too"
                                .formatted(
                                        file.file(),
                                        entry.name(),
                                        other.file().file().getFileName()),
                        "Use the files that belong to the model, and no others.");
            }
        }
    }

    /** Without the prefix that PyTorch's parallel training leaves. */
    private static String plain(String tensor) {
        return tensor.startsWith("module.") ? tensor.substring("module.".length()) : tensor;
    }

    private void check() {
        List<String> faults = new ArrayList<>();
        Set<String> used = new HashSet<>();
        if (tensors.isEmpty() && directory.config().vision().isConvolutional()) {
            return; // they are drawn when training begins
        }
        ClipWeights.all(directory.config()).forEach((weight, shape) -> {
            Stored stored = directory.layout().stored(weight);
            used.add(stored.tensor());
            Shape expected = stored.shape(shape);
            Located located = tensors.get(stored.tensor());
            if (located == null) {
                faults.add("%s: expected %s, missing".formatted(stored.tensor(), expected));
                return;
            }
            Shape found = located.entry().shape();
            if (!Stored.fits(found, expected) && !isOtherGrid(weight, found)) {
                faults.add("%s: expected %s, found %s".formatted(stored.tensor(), expected, found));
            }
        });
        tensors.forEach((name, located) -> {
            if (!used.contains(name)
                    && !directory.layout().isIgnored(name)
                    && !located.entry().type().startsWith("I")) {
                faults.add("%s: not expected, found %s"
                        .formatted(name, located.entry().shape()));
            }
        });
        if (!faults.isEmpty()) {
            throw misfit(faults);
        }
    }

    private NumClipException misfit(List<String> faults) {
        String first = faults.stream().limit(MOST_FAULTS).distinct().collect(Collectors.joining("; "));
        return new NumClipException(
                Kind.DATA,
                "%s: %d tensors do not fit %s: %s"
                        .formatted(
                                directory.weights().get(0),
                                faults.size(),
                                directory.configuration().getFileName(),
                                first),
                "Use the configuration and the weights of the same model.");
    }

    /** Whether these are positions of a square grid of another size, which may be resized. */
    private boolean isOtherGrid(String weight, Shape found) {
        if (!weight.equals(ClipWeights.IMAGE_POSITIONS) || !directory.resizesPositions()) {
            return false;
        }
        ClipConfig.Vision vision = directory.config().vision();
        long grid = found.get(found.dimension() - 2) - vision.classTokens();
        long side = Math.round(Math.sqrt((double) grid));
        return side > 0 && side * side == grid && found.get(found.dimension() - 1) == vision.hiddenSize();
    }

    /** Reads a weight; what else its tensor holds is not read. */
    @Override
    public NDArray read(NDManager manager, String name, Shape shape) throws IOException {
        Stored stored = directory.layout().stored(name);
        Located located = tensors.get(stored.tensor());
        if (located == null) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    directory.path() + ": this network has no weights before it is trained",
                    "Train it (numclip train TASK --set backbone.model=" + ShippedModel.SMALL_NETWORK
                            + "), and use the run.");
        }
        NDArray array = located.file().array(located.entry().name(), stored.part(), stored.parts(), manager);
        if (stored.transposed()) {
            try (NDArray original = array) {
                return original.transpose().duplicate();
            }
        }
        if (array.size() != shape.size()) {
            return resized(array, manager);
        }
        return array.getShape().equals(shape) ? array : array.reshape(shape);
    }

    /** Positions for the grid of the configuration. */
    private NDArray resized(NDArray positions, NDManager manager) {
        ClipConfig.Vision vision = directory.config().vision();
        try (NDArray stored = positions;
                NDManager scope = manager.newSubManager(Device.cpu())) {
            NDArray settings = scope.create(new double[] {vision.classTokens(), vision.grid()});
            return NativeKernel.shared()
                    .call("resized_positions")
                    .tensor(stored.reshape(-1, vision.hiddenSize()))
                    .tensor(settings)
                    .run(manager, true); // a parameter may be made of it
        }
    }

    /** @throws NumClipException naming the first tensor with a NaN or an infinity */
    void requireFinite() throws IOException {
        for (Safetensors file : files) {
            file.requireFinite();
        }
    }

    /** All tensors of all files. */
    public Collection<Safetensors.Entry> entries() {
        return Collections.unmodifiableCollection(
                files.stream().flatMap(file -> file.entries().values().stream()).toList());
    }

    @Override
    public void close() throws IOException {
        for (Safetensors file : files) {
            file.close();
        }
    }

    /**
     * SHA-256 over the configuration and the weights of a directory, in hex: it changes whenever features would. For
     * unchanged files it is remembered, and so is that they passed the check.
     *
     * @throws NumClipException if tensors do not fit the configuration, or hold a NaN or an infinity
     */
    public static String fingerprint(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        return RememberedDigest.usual().of(fingerprinted(clip), () -> requireFinite(clip));
    }

    /** The same from the files, whatever is remembered of them. */
    public static String fingerprintAgain(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        return RememberedDigest.usual().again(fingerprinted(clip), () -> requireFinite(clip));
    }

    private static List<Path> fingerprinted(ClipDirectory clip) {
        return Stream.concat(Stream.of(clip.configuration()), clip.weights().stream())
                .toList();
    }

    private static void requireFinite(ClipDirectory clip) throws IOException {
        try (StoredWeights weights = StoredWeights.open(clip)) {
            weights.requireFinite();
        }
    }
}
