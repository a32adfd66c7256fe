package io.numclip.host.run;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Split;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.ModelCalibration;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.assembly.ZeroShot;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.follow.Followers;
import io.numclip.host.follow.RunEnd;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.ModelComparison;
import io.numclip.host.result.Ordinality;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.host.result.TestFindings;
import io.numclip.host.result.TestPredictions;
import io.numclip.model.NumClipPredictor;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.storage.AtomicFile;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.SkippedOnce;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        long start = System.nanoTime();
        try (Experiment experiment = ExperimentAssembler.assemble(config, tasks, new SharedModels())) {
            keep(experiment.config(), folder);
            experiment.data().leaks().forEach(leak -> listener.warning(leak.sentence()));
            TransparentImages.sentence(experiment).ifPresent(listener::warning);
            String data = experiment.data().hash(); // of the images as they are now; some may be gone at the end
            ModelComparison models = beforeTraining(experiment, listener);
            CalibrationSplit validation = ModelCalibration.split(experiment, listener);
            TrainingResult training = fit(experiment, validation.choosing(), folder, listener);
            Optional<FamiliarImages> familiar =
                    ModelCalibration.familiar(experiment, validation, folder.model(), listener);
            Optional<Calibration> calibration =
                    ModelCalibration.fit(experiment, validation, familiar, folder.model(), listener);
            TestPredictions tested = test(experiment, calibration, familiar, listener);
            models.add(config.method().title(), tested.predictions());
            return result(experiment, folder, models, training, tested, data, start);
        }
    }

    private static RunResult result(
            Experiment experiment,
            RunFolder folder,
            ModelComparison models,
            TrainingResult training,
            TestPredictions tested,
            String data,
            long start) {
        ExperimentConfig config = experiment.config();
        Comparison comparison = models.comparison();
        Map<String, PairedComparison> differences = models.differences();
        String unit = experiment.scale().unit();
        return new RunResult(
                folder,
                config,
                experiment.scale(),
                comparison,
                differences,
                models.parts(),
                training,
                tested.predictions(),
                Ordinality.of(experiment.model()),
                tested.coverage(),
                TestFindings.of(config, experiment.bins(), unit, comparison, differences, tested),
                experiment.data().leaks(),
                data,
                Duration.ofNanos(System.nanoTime() - start));
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

    private static TrainingResult fit(
            Experiment experiment, List<LabeledImage> choosing, RunFolder folder, TrainingListener listener)
            throws IOException {
        TrainingStore store =
                TrainingStore.folder(folder.path(), experiment.description(), conditions(experiment.config()));
        return experiment.train(store, listener, experiment.data().images(Split.TRAIN), choosing);
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
