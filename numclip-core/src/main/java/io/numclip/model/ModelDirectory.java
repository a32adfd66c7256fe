package io.numclip.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.lora.LoraScale;
import io.numclip.clip.lora.LowRank;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.NumClipModel.Heads;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Seal;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.adjustment.Adjustment;
import io.numclip.uncertainty.file.CalibrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained model on disk: {@code model.safetensors} (what differs from the base CLIP, and the prototypes),
 * {@code numclip.json}, {@code preprocessor_config.json}, and, if the model is calibrated, {@code calibration.json} and
 * {@code familiar.safetensors}; a {@link Seal} on all of them.
 */
public final class ModelDirectory {

    /** The file that a directory with a model has. */
    public static final String DESCRIPTION = "numclip.json";

    private static final String WEIGHTS = "model.safetensors";
    private static final String PROTOTYPES = "prototypes";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelDirectory.class);

    private final Path directory;
    private final ModelFile file;

    private ModelDirectory(Path directory, ModelFile file) {
        this.directory = directory;
        this.file = file;
    }

    /** Replaces the content of the directory, all or nothing. */
    public static void write(Path directory, NumClipModel model, ModelDescription description) throws IOException {
        AtomicFolder.write(directory, folder -> {
            SafetensorsWriter.write(
                    folder.resolve(WEIGHTS),
                    tensors(model),
                    SafetensorsWriter.Type.F32,
                    LoraScale.header(description.lora()));
            description.preprocessor().write(folder);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve(DESCRIPTION).toFile(), ModelFile.of(model, description));
            Seal.put(folder);
        });
    }

    private static Map<String, NDArray> tensors(NumClipModel model) {
        Map<String, NDArray> tensors = new TreeMap<>();
        for (Part part : Part.values()) {
            if (!part.belongsToClip() || model.isChanged(part)) {
                model.parameters(part).forEach((name, parameter) -> tensors.put(name, parameter.getArray()));
            }
        }
        if (model.imageTower().config().hasText()) {
            tensors.put(PROTOTYPES, model.prototypes());
        }
        return tensors;
    }

    /** Adds uncertainty to the predictions of a stored model; {@link #write} removes it again. */
    public static void calibrate(Path directory, Calibration calibration) throws IOException {
        add(directory, CalibrationFile.NAME, folder -> CalibrationFile.write(folder, calibration));
    }

    /**
     * Puts the numbers of a stored model through a line.
     *
     * @param calibration of the adjusted numbers; empty: they have no intervals
     */
    public static void adjust(Path directory, Adjustment by, Optional<Calibration> calibration) throws IOException {
        AtomicFolder.change(directory, folder -> {
            describe(folder, "adjustment", by);
            Files.deleteIfExists(folder.resolve(CalibrationFile.NAME));
            if (calibration.isPresent()) {
                CalibrationFile.write(folder, calibration.get());
            }
            Seal.put(folder);
        });
    }

    /** Says of a stored model that it has learned from no image; {@link #write} removes it again. */
    public static void markFromWords(Path directory) throws IOException {
        AtomicFolder.change(directory, folder -> {
            describe(folder, "fromWords", true);
            Seal.put(folder);
        });
    }

    private static void describe(Path folder, String field, Object value) throws IOException {
        Path description = folder.resolve(DESCRIPTION);
        ObjectNode file = (ObjectNode) JSON.readTree(RegularFile.read(description));
        file.set(field, JSON.valueToTree(value));
        AtomicFile.write(description, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file));
    }

    /** Lets a stored model mark strange images; {@link #write} removes it again. */
    public static void keepFamiliar(Path directory, FamiliarImages familiar, NDManager manager) throws IOException {
        add(directory, FamiliarFile.NAME, folder -> FamiliarFile.write(folder, familiar, manager));
    }

    /**
     * Writes the same model for another base, which has the trained weights of the CLIP already; of the CLIP, the copy
     * holds nothing. Nor does it hold the names of training images, which are nobody else's business.
     *
     * @param base as the copy will name it
     */
    public void writeFor(BaseModel base, Path target) throws IOException {
        ClipConfig clip = ClipDirectory.config(base.directory());
        try (Safetensors tensors = Safetensors.open(directory.resolve(WEIGHTS));
                NDManager manager = NativeLibrary.manager(Device.cpu())) {
            Map<String, NDArray> kept = new TreeMap<>();
            for (String name : tensors.entries().keySet()) {
                if (!LowRank.isWeight(clip, name)) {
                    kept.put(name, tensors.array(name, manager));
                }
            }
            AtomicFolder.write(target, folder -> writeFor(base, kept, folder, manager));
        }
    }

    private void writeFor(BaseModel base, Map<String, NDArray> tensors, Path folder, NDManager manager)
            throws IOException {
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, SafetensorsWriter.Type.F32, Map.of());
        for (String name : List.of("preprocessor_config.json", CalibrationFile.NAME)) {
            if (RegularFile.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), folder.resolve(name));
            }
        }
        Optional<FamiliarImages> familiar = FamiliarFile.read(directory, embedDim(), manager);
        if (familiar.isPresent()) {
            FamiliarFile.write(folder, familiar.get().unnamed(), manager);
        }
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(DESCRIPTION).toFile(), file.on(base));
        Seal.put(folder);
    }

    /** The file and the seal that names it appear together. */
    private static void add(Path directory, String name, AtomicFolder.Content file) throws IOException {
        AtomicFolder.change(directory, folder -> {
            file.writeTo(folder);
            if (Seal.isOn(folder)) {
                Seal.include(folder, name);
            } else {
                Seal.put(folder);
            }
        });
    }

    /**
     * Checks the seal and reads the description; parameters are read by {@link #predictor}. A model from before there were
     * seals cannot be checked; of a later one the seal may not be missing.
     *
     * @throws NumClipException if there is no model, it was changed, or its format is unknown
     */
    public static ModelDirectory open(Path directory) throws IOException {
        Path description = directory.resolve(DESCRIPTION);
        requireModel(description, directory.resolve(WEIGHTS));
        checkSeal(directory);
        return new ModelDirectory(directory, parse(description));
    }

    private static void requireModel(Path description, Path weights) {
        boolean isDescribed = RegularFile.exists(description);
        boolean hasWeights = RegularFile.exists(weights);
        if (!isDescribed && !hasWeights) {
            throw new NumClipException(
                    Kind.MISSING,
                    description.resolveSibling("") + ": no trained model; expected " + DESCRIPTION + " and " + WEIGHTS,
                    "Name a folder that training wrote, such as runs/NAME/model.");
        }
        if (!isDescribed || !hasWeights) {
            throw new NumClipException(
                    Kind.MISSING,
                    (isDescribed ? weights : description) + ": no such file; a model has it",
                    "Put the file back from a copy of the run, or train again.");
        }
    }

    private static void checkSeal(Path directory) throws IOException {
        if (!Seal.isOn(directory)) {
            if (hasSealedFields(directory.resolve(DESCRIPTION))) {
                throw new NumClipException(
                        Kind.DATA,
                        directory.resolve(Seal.FILE) + ": no such file; the version that wrote this model writes it",
                        "Put the file back from a copy of the run, or train again.");
            }
            LOGGER.warn(
                    "{}: no {}, as in models of earlier versions; whether its files are undamaged cannot be checked",
                    directory,
                    Seal.FILE);
            return;
        }
        List<String> differences = Seal.differences(directory, ModelSource::digest);
        if (!differences.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA,
                    String.join("\n", differences) + "\nThe model was changed after it was written.",
                    "Put these files back from a copy of the run, or train again.");
        }
    }

    /** Whether the description has a field that is younger than seals, of whatever value. */
    private static boolean hasSealedFields(Path description) throws IOException {
        try {
            return JSON.readTree(RegularFile.read(description)).has("lora");
        } catch (JsonProcessingException e) {
            return false; // it is said when it is read
        }
    }

    private static ModelFile parse(Path description) throws IOException {
        try {
            JsonNode tree = JSON.readTree(RegularFile.read(description));
            int version = tree.path("formatVersion").asInt();
            if (version != ModelFile.FORMAT_VERSION) {
                throw new NumClipException(
                        Kind.DATA,
                        description + ": expected formatVersion " + ModelFile.FORMAT_VERSION + ", found " + version,
                        "Use the version of NumCLIP that wrote it, or train again.");
            }
            return JSON.treeToValue(tree, ModelFile.class).checked();
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException refusal ? refusal : e;
            String reason = cause == e ? e.getOriginalMessage() : String.valueOf(cause.getMessage());
            throw damaged(description + " " + pointer(e) + ": " + reason, e);
        } catch (JsonProcessingException e) {
            throw damaged(description + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw damaged(description + " /" + e.getMessage(), e);
        }
    }

    private static NumClipException damaged(String message, Exception cause) {
        return new NumClipException(Kind.DATA, message, "Restore the file, or train again.", cause);
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
    }

    /** The classes of the heads. */
    public Bins bins() {
        return file.toBins();
    }

    /** The number concepts of predictions; the bins unless the heads have a class for each rank. */
    public Bins concepts() {
        return file.toConcepts();
    }

    public LabelScale scale() {
        return file.scale().labels();
    }

    /** D, the width of the joint space. */
    public int embedDim() {
        return file.embedDim();
    }

    /** The reference of the base CLIP as the user wrote it for training, or the name that it has today. */
    public String baseReference() {
        return ModelSource.today(file.base().reference(), file.base().fingerprint());
    }

    /** Type and settings of the coarse head, as {@link ModelDescription#coarseHead}. */
    public Map<String, Object> coarseHead() {
        return file.chosenCoarseHead();
    }

    /** Type and settings of the fine head, as {@link ModelDescription#fineHead}. */
    public Map<String, Object> fineHead() {
        return file.fineHead();
    }

    /** Name of the method that trained it; empty for a model written before methods existed. */
    public Optional<String> method() {
        return Optional.ofNullable(file.method());
    }

    /** {@code int8} where the model was trained on such features, and predicts from them unless told otherwise; else {@code auto}. */
    public Precision precision() {
        return file.trainedPrecision();
    }

    /** What numbers are put through; of no images where the model was not recalibrated. */
    public Adjustment adjustment() {
        return file.adjustment() == null ? Adjustment.NONE : file.adjustment();
    }

    /** What heads get that compare with no words. */
    private FeatureLayout.Choice features() {
        return file.chosenFeatures();
    }

    /** The low-rank changes of the CLIP; empty where its own weights were trained, or none. */
    public Optional<Lora> lora() {
        return Optional.ofNullable(file.lora());
    }

    /**
     * Names the model wherever it lies: the SHA-256 of its {@code manifest.json}, which has those of all its files, or of the
     * one that it would have.
     */
    public String digest() throws IOException {
        return Seal.identity(directory, ModelSource::digest);
    }

    /** The text feature of each of the {@link #bins} (K, D), row by row; empty for a model without words. */
    public Optional<float[]> prototypes() throws IOException {
        try (Safetensors tensors = Safetensors.open(weights());
                NDManager manager = NativeLibrary.manager(Device.cpu())) {
            return tensors.entries().containsKey(PROTOTYPES)
                    ? Optional.of(tensors.array(PROTOTYPES, manager).toFloatArray())
                    : Optional.empty();
        }
    }

    /** The file with the parameters. */
    public Path weights() {
        return directory.resolve(WEIGHTS);
    }

    /** As {@link #predictor(BaseModel, Function, Towers)}, with an image tower of its own. */
    public NumClipPredictor predictor(
            BaseModel base, CoarseHead coarseHead, FineHead fineHead, Device device, Precision precision)
            throws IOException {
        return predictor(base, layout -> new Heads(coarseHead, fineHead, true), Towers.own(device, precision));
    }

    /** Gives each model its image tower. */
    public interface Towers {

        /** A tower for each model; in {@code auto}, int8 where the model was trained in it. */
        static Towers own(Device device, Precision precision) {
            return (base, changes, imageSize, trained) ->
                    ImageTower.load(base.directory(), changes, imageSize, device, precision.orElse(trained));
        }

        /**
         * @param changes a file as {@link ImageTower#load} takes; null: the tower is that of the base
         * @param trained what the model was trained in, for those who have no other wish
         * @return belongs to the caller
         */
        ImageTower of(BaseModel base, @Nullable Path changes, int imageSize, Precision trained) throws IOException;
    }

    /** The base from where it is now; as {@link #requireBase} wants it. */
    public BaseModel base(ModelSource source) throws IOException {
        BaseModel known = BaseModel.of(source);
        BaseModel base = known.fingerprint().equals(file.base().fingerprint()) ? known : known.readAgain();
        requireBase(base);
        return base;
    }

    /** @throws NumClipException unless the base has the fingerprint of the CLIP that the model was trained on */
    public void requireBase(BaseModel base) {
        if (!base.fingerprint().equals(file.base().fingerprint())) {
            throw new NumClipException(
                    Kind.DATA,
                    directory + ": trained on the CLIP " + baseReference() + " with fingerprint "
                            + file.base().fingerprint() + "; " + base.directory() + " has " + base.fingerprint(),
                    "Use the CLIP that the model was trained on, or train again.");
        }
    }

    /**
     * @param base as {@link #requireBase} wants it
     * @param heads makes those of {@link #coarseHead()} and {@link #fineHead()}, not initialised, for what the tower gives
     * @throws NumClipException if the base or a head does not fit
     */
    public NumClipPredictor predictor(BaseModel base, Function<FeatureLayout, Heads> heads, Towers towers)
            throws IOException {
        requireBase(base);
        Optional<Calibration> calibration =
                CalibrationFile.read(directory, concepts().size());
        ClipPreprocessor preprocessor = ClipPreprocessor.stored(directory);
        boolean changed = ImageTower.isChangedBy(weights(), base.directory());
        ImageTower imageTower = towers.of(base, changed ? weights() : null, preprocessor.height(), precision());
        try {
            Optional<FamiliarImages> familiar = FamiliarFile.read(directory, embedDim(), imageTower.manager());
            ImageTower giving = imageTower.giving(features());
            NumClipPredictor plain = new NumClipPredictor(assemble(giving, heads.apply(giving.layout())), preprocessor)
                    .adjusted(adjustment());
            if (Boolean.TRUE.equals(file.fromWords())) {
                return plain.fromWords();
            }
            NumClipPredictor predictor = familiar.map(plain::marking).orElse(plain);
            return calibration.map(predictor::calibrated).orElse(predictor);
        } catch (IOException | RuntimeException e) {
            imageTower.close();
            throw e;
        }
    }

    /** Loads the stored parameters into a network of the same kind. */
    public void restoreInto(NumClipModel model) throws IOException {
        try (Safetensors tensors = Safetensors.open(directory.resolve(WEIGHTS))) {
            restore(model, tensors);
        }
    }

    private NumClipModel assemble(ImageTower imageTower, Heads heads) throws IOException {
        NDManager manager = imageTower.manager();
        try (Safetensors tensors = Safetensors.open(directory.resolve(WEIGHTS))) {
            ImageAdapter adapter = new ImageAdapter(file.adapter(), imageTower.embedDim(), 0, manager);
            NumClipModel model = new NumClipModel(
                    imageTower,
                    conceptFeatures(tensors, imageTower),
                    adapter,
                    heads,
                    bins(),
                    concepts(),
                    file.scale().labels(),
                    0);
            restore(model, tensors);
            return model;
        }
    }

    private ConceptFeatures conceptFeatures(Safetensors tensors, ImageTower imageTower) throws IOException {
        int classes = bins().size();
        if (!imageTower.config().hasText()) {
            return new NoTexts(classes, imageTower.embedDim());
        }
        require(tensors, PROTOTYPES, new Shape(classes, imageTower.embedDim()));
        return new StoredPrototypes(tensors.array(PROTOTYPES, imageTower.manager()), file.sentences()); // (K, D)
    }

    /** Parts of the CLIP are stored only if they were trained. */
    private void restore(NumClipModel model, Safetensors tensors) throws IOException {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            Map<String, NDArray> values = new TreeMap<>();
            for (Part part : Part.values()) {
                for (Map.Entry<String, Parameter> each : model.parameters(part).entrySet()) {
                    String name = each.getKey();
                    if (!part.belongsToClip() || tensors.entries().containsKey(name)) {
                        require(tensors, name, each.getValue().getArray().getShape());
                        values.put(name, tensors.array(name, scope));
                    }
                }
            }
            model.restore(values);
        }
    }

    private void require(Safetensors tensors, String name, Shape shape) {
        Safetensors.Entry entry = tensors.entries().get(name);
        if (entry == null || !entry.shape().equals(shape)) {
            throw misfit(name);
        }
    }

    private NumClipException misfit(String tensor) {
        return new NumClipException(
                Kind.DATA,
                directory.resolve(WEIGHTS) + ": tensor " + tensor
                        + " is missing or does not have the shape that the network expects",
                "Use the heads and the plugin version that the model was trained with.");
    }
}
