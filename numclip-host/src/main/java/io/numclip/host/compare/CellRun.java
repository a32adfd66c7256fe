package io.numclip.host.compare;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.ModelCalibration;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.assembly.Refitting;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.Method;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.ModelComparison;
import io.numclip.host.result.Parts;
import io.numclip.host.result.YardstickKind;
import io.numclip.host.run.Yardsticks;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.training.Refit;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.SkippedOnce;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains and tests one cell of a comparison, in memory. */
final class CellRun {

    private final Tasks tasks;
    private final SharedModels shared;

    /** @param tasks shared with {@link Cells} */
    CellRun(Tasks tasks, SharedModels shared) {
        this.tasks = tasks;
        this.shared = shared;
    }

    /** Images encoded for an earlier cell are not encoded again, if the image tower is frozen. */
    CellResult run(Cell cell, TrainingListener progress) throws IOException {
        TrainingListener listener = new SkippedOnce(progress);
        Optional<YardstickKind> yardstick = YardstickKind.of(cell.method());
        try (Experiment experiment = yardstick.isPresent()
                ? ExperimentAssembler.unasked(cell.config(), tasks, shared)
                : ExperimentAssembler.assemble(cell.config(), tasks, shared)) {
            return yardstick.isPresent()
                    ? measured(yardstick.get(), experiment, listener)
                    : trained(experiment, cell.trial(), listener);
        }
    }

    private static CellResult measured(YardstickKind yardstick, Experiment experiment, TrainingListener listener)
            throws IOException {
        long start = System.nanoTime();
        LabeledPredictions predictions = Yardsticks.of(yardstick, experiment, listener);
        TrainingResult untrained = new TrainingResult(List.of(), 0, Double.NaN, List.of());
        return result(experiment, untrained, seconds(start), Optional.of(predictions));
    }

    private CellResult trained(Experiment experiment, boolean trial, TrainingListener listener) throws IOException {
        readImages(experiment, trial, listener);
        long start = System.nanoTime();
        TrainingResult training;
        try (TrainingStore store = TrainingStore.memory()) {
            training = experiment.train(store, listener);
        }
        double seconds = seconds(start);
        Optional<LabeledPredictions> predictions =
                trial ? Optional.empty() : Optional.of(tested(experiment, training.bestEpoch(), listener));
        return result(experiment, training, seconds, predictions);
    }

    private LabeledPredictions tested(Experiment experiment, int epochs, TrainingListener listener) throws IOException {
        if (experiment.config().training().refit() == Refit.NONE) {
            List<LabeledImage> validation = experiment.data().images(Split.VALIDATION);
            return tested(experiment, experiment.config().protocol().isReference() ? List.of() : validation, listener);
        }
        Refitting.Stores memory = (name, model) -> TrainingStore.memory();
        try (Experiment all = new Refitting(experiment, epochs, shared, memory, listener).all()) {
            return tested(all, List.of(), listener);
        }
    }

    /**
     * As a run predicts, but for the calibration.
     *
     * @param heldOut what is strange is told by; none: as the network predicts
     */
    private static LabeledPredictions tested(
            Experiment experiment, List<LabeledImage> heldOut, TrainingListener listener) throws IOException {
        NumClipPredictor predictor =
                ModelCalibration.predictor(experiment, ModelCalibration.familiar(experiment, heldOut));
        return Predictions.ofTrained(experiment, predictor, experiment.data().images(Split.TEST), listener);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Encodes images before training, so that its seconds are those of training alone. */
    private static void readImages(Experiment experiment, boolean trial, TrainingListener listener) throws IOException {
        if (!experiment.config().training().usesImageFeatures()) {
            return;
        }
        for (Split split : trial ? List.of(Split.TRAIN, Split.VALIDATION) : List.of(Split.values())) {
            experiment
                    .features()
                    .features(
                            experiment.model().imageTower(),
                            experiment.data().images(split),
                            experiment.config().training().batchSize(),
                            listener);
        }
    }

    /** @param predictions for the test images; none of a trial */
    private static CellResult result(
            Experiment experiment, TrainingResult training, double seconds, Optional<LabeledPredictions> predictions) {
        Method method = experiment.config().method();
        int images = experiment.data().images(Split.TRAIN).size();
        Optional<ModelComparison> models = predictions.map(found -> compared(experiment, method.title(), found));
        Optional<Comparison> comparison = models.map(ModelComparison::comparison);
        return new CellResult(
                method.title(),
                method.source(),
                experiment.scale().unit(),
                comparison.map(row -> row.trained().byKey()).orElse(Map.of()),
                comparison.map(row -> row.row(Comparison.CONSTANT).byKey()).orElse(Map.of()),
                models.map(CellRun::parts).orElse(Map.of()),
                training.bestEpoch(),
                training.bestValidationMae(),
                trainedParameters(experiment),
                training.epochs().size() * experiment.config().training().steps(images),
                seconds,
                predictions.map(CellRun::concepts).orElse(List.of()),
                predictions
                        .map(found -> rows(found, experiment.config().protocol().group()))
                        .orElse(List.of()));
    }

    private static ModelComparison compared(Experiment experiment, String title, LabeledPredictions predictions) {
        ModelComparison models = new ModelComparison(
                experiment.bins(),
                experiment.data().labels(Split.TRAIN),
                experiment.config().evaluation().withoutIntervals(),
                experiment.config().protocol().group());
        models.add(title, predictions);
        return models;
    }

    private static Map<String, Double> parts(ModelComparison models) {
        Map<String, Double> parts = new LinkedHashMap<>();
        models.parts(Parts.LONG_TAIL)
                .parts()
                .forEach((part, figures) ->
                        parts.put(part, figures.trained().figures().get(OrdinalMetric.MAE)));
        return parts;
    }

    private static List<String> concepts(LabeledPredictions predictions) {
        return predictions.predictions().stream()
                .limit(1)
                .flatMap(prediction -> prediction.concepts().stream())
                .map(Prediction.Concept::concept)
                .toList();
    }

    private static List<CellResult.Row> rows(LabeledPredictions predictions, String group) {
        List<CellResult.Row> rows = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            LabeledImage image = predictions.images().get(i);
            Prediction prediction = predictions.predictions().get(i);
            rows.add(new CellResult.Row(
                    image.name(), image.attribute(group), image.label(), prediction.value(), rounded(prediction)));
        }
        return rows;
    }

    /** Probabilities of four digits, which keep the file small. */
    private static List<Double> rounded(Prediction prediction) {
        return prediction.concepts().stream()
                .map(concept -> Math.round(concept.probability() * 1e4) / 1e4)
                .toList();
    }

    private static long trainedParameters(Experiment experiment) {
        long count = 0;
        for (Part part : Part.values()) {
            if (experiment.model().isChanged(part)) {
                count += experiment.model().parameters(part).values().stream()
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum();
            }
        }
        return count;
    }
}
