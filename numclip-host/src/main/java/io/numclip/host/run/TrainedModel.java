package io.numclip.host.run;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.kernel.Devices;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.Components;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunFolder;
import io.numclip.model.BaseModel;
import io.numclip.model.ConceptWords;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.SharedTowers;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The model of a run, ready to predict.
 *
 * @param digest as {@link ModelDirectory#digest}
 * @param trained {@code int8} where it was trained on such features, else {@code auto}
 * @param words the prompts that it compares images with; asked for only where predictions are explained
 * @param regions as {@link RegionSearch#portableSettings}; asked for only where it is exported
 */
public record TrainedModel(
        NumClipPredictor predictor,
        LabelScale scale,
        String digest,
        Precision trained,
        Supplier<ConceptWords> words,
        Supplier<Optional<String>> regions)
        implements AutoCloseable {

    /**
     * How to run the model, in place of the settings of its training.
     *
     * @param precision {@code auto}: int8 for a model that was trained in it, else what the device is good at
     * @param base another location of the CLIP model that it was trained on; null for the location at training
     */
    public record Options(
            String device, Precision precision, @Nullable String base) {}

    /** Whether a folder has a model: a run, a model that was handed on, or the model directory in one of them. */
    public static boolean isOne(Path path) {
        return Files.isRegularFile(path.resolve("model").resolve(ModelDirectory.DESCRIPTION))
                || Files.isRegularFile(path.resolve(ModelDirectory.DESCRIPTION));
    }

    /** @param path a run folder, or the model directory in it */
    public static TrainedModel open(Path path, PluginCatalog catalog, Options options) throws IOException {
        return open(
                path,
                catalog,
                options,
                ModelDirectory.Towers.own(Devices.parse(options.device()), options.precision()));
    }

    /** Opens several models; those over the same unchanged CLIP share its weights. */
    public static Together openAll(List<Path> paths, PluginCatalog catalog, Options options) throws IOException {
        SharedTowers towers = new SharedTowers(Devices.parse(options.device()), options.precision());
        Together together = new Together(new ArrayList<>(), towers);
        try {
            for (Path path : paths) {
                together.models().add(open(path, catalog, options, towers));
            }
            return together;
        } catch (IOException | RuntimeException e) {
            together.close();
            throw e;
        }
    }

    /** Models that may share weights, and are closed together. */
    public record Together(List<TrainedModel> models, SharedTowers towers) implements AutoCloseable {
        @Override
        public void close() {
            models.forEach(TrainedModel::close);
            towers.close();
        }
    }

    /**
     * The heads that a stored model names.
     *
     * @param madeWith versions that it was made with, for the message if a plugin is missing
     */
    public static ExperimentReader.Heads heads(
            PluginCatalog catalog, Path directory, ModelDirectory model, List<String> madeWith) {
        String description = directory.resolve(ModelDirectory.DESCRIPTION).toString();
        return new ExperimentReader(catalog).heads(description, model.coarseHead(), model.fineHead(), madeWith);
    }

    private static TrainedModel open(Path path, PluginCatalog catalog, Options options, ModelDirectory.Towers towers)
            throws IOException {
        Optional<HandedOnModel> handedOn =
                HandedOnModel.isOne(path) ? Optional.of(HandedOnModel.open(path)) : Optional.empty();
        Path directory = directory(path);
        ModelDirectory model = ModelDirectory.open(directory);
        ExperimentReader.Heads chosen = heads(
                catalog, directory, model, handedOn.map(HandedOnModel::plugins).orElse(List.of()));
        NumClipPredictor predictor = model.predictor(
                base(path, model, options.base()),
                layout -> Components.heads(chosen.coarseHead(), chosen.fineHead(), model.bins(), layout),
                towers);
        try {
            if (handedOn.isPresent()) {
                handedOn.get().check(path, predictor, new ProgramDigest().versions(chosen));
            }
            ModelWords words = new ModelWords(predictor.model(), directory, catalog);
            boolean readsTexts = chosen.coarseHead().factory().readsTexts();
            return new TrainedModel(
                    predictor,
                    model.scale(),
                    model.digest(),
                    model.precision(),
                    () -> readsTexts ? words.find() : ModelWords.notRead(),
                    () -> RegionSearch.portableSettings(path, catalog));
        } catch (IOException | RuntimeException e) {
            predictor.close();
            throw e;
        }
    }

    /**
     * That of the model.
     *
     * @param path a run folder, or the model directory in it
     * @throws NumClipException if the folder lacks a file that makes it a run, or a model that was handed on
     */
    public static Path directory(Path path) {
        RunFolder run = new RunFolder(path);
        if (!Files.isRegularFile(run.model().resolve(ModelDirectory.DESCRIPTION))) {
            return RunFolder.isRun(path) ? run.model() : path;
        }
        require(run.config(), run.model());
        if (Files.isDirectory(path.resolve(HandedOnModel.CLIP))) {
            require(path.resolve(HandedOnModel.FILE), run.model());
        }
        return run.model();
    }

    private static void require(Path file, Path model) {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    file + ": no such file, though there is a model in " + model,
                    "put the file back from a copy of the folder");
        }
    }

    /** Whether features in this precision are those that it was trained on, up to rounding to 16 bits. */
    public boolean fits(Precision precision) {
        return trained != Precision.INT8 || precision == Precision.INT8;
    }

    /**
     * The CLIP of a model: where the reference says, in the directory itself, or where it was at training.
     *
     * @param path a run folder, or the model directory in it
     * @throws NumClipException if it is another CLIP than the model was trained on
     */
    public static BaseModel base(Path path, ModelDirectory model, @Nullable String reference) throws IOException {
        String usual =
                HandedOnModel.isOne(path) ? path.resolve(HandedOnModel.CLIP).toString() : model.baseReference();
        return model.base(ModelSource.parse(Objects.requireNonNullElse(reference, usual)));
    }

    @Override
    public void close() {
        predictor.close();
    }
}
