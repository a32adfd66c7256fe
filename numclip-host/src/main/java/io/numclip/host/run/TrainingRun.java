package io.numclip.host.run;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Split;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.HeldOut;
import io.numclip.host.assembly.ModelCalibration;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.assembly.Refitting;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.assembly.ZeroShot;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.follow.Followers;
import io.numclip.host.follow.RunEnd;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.Finding;
import io.numclip.host.result.ModelComparison;
import io.numclip.host.result.Ordinality;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.host.result.TestFindings;
import io.numclip.host.result.TestPredictions;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipPredictor;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.training.Refit;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.SkippedOnce;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.yardstick.LearningCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Trains and calibrates a model, and compares its predictions on the test images with those of the untrained CLIP. */
public final class TrainingRun {

    private TrainingRun() {}

    /** @param tasks shared with other runs */
    public static RunResult run(ExperimentConfig config, Tasks tasks, RunFolder folder, TrainingListener listener)
            throws IOException {
        boolean isNew = !Files.exists(folder.config());
        FileFollower files = new FileFollower(folder);
        Followers followers = new Followers(
                new SkippedOnce(listener), Following.of(config, folder, files), config.training(), files.times());
        try {
            RunResult result = made(config, tasks, folder, followers);
            files.write(followers.epochs());
            AtomicFolder.delete(folder.refit());
            followers.ended(RunEnd.finished(
                    result.training().bestEpoch(), result.comparison().trained().byKey()));
            return result;
        } catch (IOException | RuntimeException | Error failure) {
            RunEnd end = RunEnd.broken(failure);
            followers.ended(end);
            if (isNew && end.outcome() == RunEnd.Outcome.FAILED) {
                forgetStart(folder, failure);
            }
            throw failure;
        }
    }

    /** Forgets the start, so that the corrected command is not refused for a folder that is not empty. */
    private static void forgetStart(RunFolder folder, Throwable failure) {
        try {
            folder.forgetStart();
        } catch (IOException kept) {
            failure.addSuppressed(kept);
        }
    }

    private static RunResult made(ExperimentConfig config, Tasks tasks, RunFolder folder, TrainingListener listener)
            throws IOException {
        SharedModels shared = new SharedModels();
        long start = System.nanoTime();
        Begun begun;
        try (Experiment first = ExperimentAssembler.assemble(config, tasks, shared)) {
            begun = begun(first, folder, listener, start);
            if (config.training().refit() == Refit.NONE) {
                Optional<HeldOut> heldOut = ModelCalibration.heldOut(first, begun.validation, listener);
                return finished(begun, first, heldOut, folder, listener);
            }
        }
        return refitted(begun, shared, folder, listener);
    }

    /**
     * A run whose training on the training images is over.
     *
     * @param curve what more labels would bring
     * @param doubts labels that may be wrong
     * @param data hash of the images as they were at first; some may be gone at the end
     * @param validation those that have chosen the epoch, and others
     */
    private record Begun(
            Experiment first,
            ModelComparison models,
            Optional<LearningCurve> curve,
            List<Finding> doubts,
            String data,
            CalibrationSplit validation,
            TrainingResult training,
            long start) {}

    private static Begun begun(Experiment experiment, RunFolder folder, TrainingListener listener, long start)
            throws IOException {
        ExperimentConfig config = experiment.config();
        keep(config, folder);
        experiment.data().leaks().forEach(leak -> listener.warning(leak.sentence()));
        TransparentImages.sentence(experiment).ifPresent(listener::warning);
        String data = experiment.data().hash();
        ModelComparison models = beforeTraining(experiment, listener);
        Optional<LearningCurve> curve = config.yardsticks() ? Yardsticks.curve(experiment, listener) : Optional.empty();
        List<Finding> doubts = config.yardsticks() ? DoubtfulLabels.of(experiment, listener) : List.of();
        CalibrationSplit validation = config.training().refit() == Refit.NONE
                ? ModelCalibration.split(experiment, listener)
                : CalibrationSplit.none(experiment.data().images(Split.VALIDATION));
        TrainingStore store = stores(config, folder.path()).of("", experiment);
        TrainingResult training =
                experiment.train(store, listener, experiment.data().images(Split.TRAIN), validation.choosing());
        return new Begun(experiment, models, curve, doubts, data, validation, training, start);
    }

    /** The model that is handed over has learned the validation images, too. */
    private static RunResult refitted(Begun begun, SharedModels shared, RunFolder folder, TrainingListener listener)
            throws IOException {
        int epochs = begun.training.bestEpoch();
        Path place = folder.refit().resolve("epochs-" + epochs);
        Refitting refitting = new Refitting(begun.first, epochs, shared, stores(begun.first.config(), place), listener);
        Optional<HeldOut> heldOut = refitting.heldOut();
        try (Experiment model = refitting.all()) {
            ModelDirectory.write(folder.model(), model.model(), model.description());
            return finished(begun, model, heldOut, folder, listener);
        }
    }

    private static RunResult finished(
            Begun begun, Experiment model, Optional<HeldOut> heldOut, RunFolder folder, TrainingListener listener)
            throws IOException {
        Optional<FamiliarImages> familiar = heldOut.isEmpty()
                ? Optional.empty()
                : ModelCalibration.familiar(model, heldOut.get(), folder.model(), listener);
        Optional<Calibration> calibration = heldOut.isEmpty()
                ? Optional.empty()
                : ModelCalibration.fit(model, heldOut.get(), folder.model(), listener);
        TestPredictions tested = test(model, calibration, familiar, listener);
        begun.models.add(model.config().method().title(), tested.predictions());
        List<Finding> compared = ComparedPairs.of(model, tested.predictions(), listener);
        return result(begun, model, folder, tested, compared);
    }

    private static RunResult result(
            Begun begun, Experiment experiment, RunFolder folder, TestPredictions tested, List<Finding> compared) {
        ExperimentConfig config = experiment.config();
        Comparison comparison = begun.models.comparison();
        Map<String, PairedComparison> differences = begun.models.differences();
        String unit = experiment.scale().unit();
        return new RunResult(
                folder,
                config,
                experiment.scale(),
                comparison,
                differences,
                begun.models.parts(),
                begun.training,
                tested.predictions(),
                Ordinality.of(experiment.model()),
                tested.coverage(),
                begun.curve,
                Stream.of(
                                TestFindings.of(config, experiment.bins(), unit, comparison, differences, tested),
                                compared,
                                begun.doubts)
                        .flatMap(List::stream)
                        .toList(),
                experiment.data().leaks(),
                begun.data,
                Duration.ofNanos(System.nanoTime() - begun.start));
    }

    /** The constant prediction, the untrained model and the yardsticks, where there are any. */
    private static ModelComparison beforeTraining(Experiment experiment, TrainingListener listener) throws IOException {
        ModelComparison models = new ModelComparison(
                experiment.bins(),
                experiment.data().labels(Split.TRAIN),
                experiment.config().evaluation(),
                experiment.config().protocol().group());
        if (experiment.hasWords()) {
            addUntrained(experiment, models, listener);
        }
        if (experiment.config().yardsticks()) {
            listener.yardsticksStarted();
            Yardsticks.all(experiment, listener).forEach(models::add);
        }
        return models;
    }

    /** A resumed run has its configuration already. */
    private static void keep(ExperimentConfig config, RunFolder folder) throws IOException {
        if (!Files.exists(folder.config())) {
            AtomicFile.write(folder.config(), config.toYaml());
        }
    }

    private static Refitting.Stores stores(ExperimentConfig config, Path folder) throws IOException {
        Map<String, String> conditions = conditions(config);
        return (name, experiment) -> TrainingStore.folder(folder.resolve(name), experiment.description(), conditions);
    }

    private static Map<String, String> conditions(ExperimentConfig config) throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>(config.lasting());
        conditions.putAll(new ProgramDigest().versions(config));
        return conditions;
    }

    private static TestPredictions test(
            Experiment experiment,
            Optional<Calibration> calibration,
            Optional<FamiliarImages> familiar,
            TrainingListener listener)
            throws IOException {
        NumClipPredictor predictor = ModelCalibration.predictor(experiment, familiar);
        List<LabeledImage> images = experiment.data().images(Split.TEST);
        LabeledPredictions raw = Predictions.ofTrained(experiment, predictor, images, listener);
        List<LabeledImage> learned = experiment.data().learned();
        String group = experiment.config().protocol().group();
        return TestPredictions.of(raw, experiment.bins(), experiment.scale(), calibration, familiar, learned, group);
    }

    private static void addUntrained(Experiment experiment, ModelComparison models, TrainingListener listener)
            throws IOException {
        NumClipPredictor byNumbers = ZeroShot.byNumbers(experiment);
        NumClipPredictor byConcepts = ZeroShot.byConcepts(experiment);
        List<LabeledImage> images = experiment.data().images(Split.TEST);
        List<LabeledPredictions> untrained =
                Predictions.ofFrozen(List.of(byNumbers, byConcepts), images, experiment.features(), listener);
        models.add(Comparison.NUMBER_WORDS, untrained.get(0));
        models.add(Comparison.CONCEPT_WORDS, untrained.get(1));
    }
}
