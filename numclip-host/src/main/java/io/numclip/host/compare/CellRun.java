package io.numclip.host.compare;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Split;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.Method;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.Experiment;
import io.numclip.host.run.ExperimentAssembler;
import io.numclip.host.run.ImageClusters;
import io.numclip.host.run.ModelComparison;
import io.numclip.host.run.NamedImage;
import io.numclip.host.run.Parts;
import io.numclip.host.run.Predictions;
import io.numclip.host.run.SharedModels;
import io.numclip.host.run.Tasks;
import io.numclip.host.run.Yardsticks;
import io.numclip.model.Part;
import io.numclip.training.SkippedOnce;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import io.numclip.training.TrainingStore;
import java.io.IOException;
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
        try (Experiment experiment = ExperimentAssembler.assemble(cell.config(), tasks, shared)) {
            Optional<Yardsticks.Kind> yardstick = Yardsticks.Kind.of(cell.method());
            return yardstick.isPresent()
                    ? measured(yardstick.get(), experiment, listener)
                    : trained(experiment, cell.trial(), listener);
        }
    }

    private static CellResult measured(Yardsticks.Kind yardstick, Experiment experiment, TrainingListener listener)
            throws IOException {
        long start = System.nanoTime();
        LabeledPredictions predictions = Yardsticks.of(yardstick, experiment, listener);
        TrainingResult untrained = new TrainingResult(List.of(), 0, Double.NaN, List.of());
        return tested(experiment, result(experiment, untrained, seconds(start)), predictions);
    }

    private static CellResult trained(Experiment experiment, boolean trial, TrainingListener listener)
            throws IOException {
        readImages(experiment, trial, listener);
        long start = System.nanoTime();
        TrainingResult training = fit(experiment, listener);
        CellResult result = result(experiment, training, seconds(start));
        return trial
                ? result
                : tested(
                        experiment,
                        result,
                        Predictions.ofTrained(experiment, experiment.data().images(Split.TEST), listener));
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

    private static TrainingResult fit(Experiment experiment, TrainingListener listener) throws IOException {
        try (TrainingStore store = TrainingStore.memory()) {
            Trainer trainer = new Trainer(
                    experiment.model(),
                    experiment.description(),
                    experiment.losses(),
                    experiment.config().orderedTraining(),
                    experiment.features(),
                    store,
                    listener);
            return trainer.fit(
                    experiment.data().images(Split.TRAIN), experiment.data().images(Split.VALIDATION));
        }
    }

    /** Without figures of test images. */
    private static CellResult result(Experiment experiment, TrainingResult training, double seconds) {
        Method method = experiment.config().method();
        int images = experiment.data().images(Split.TRAIN).size();
        return new CellResult(
                method.title(),
                method.source(),
                experiment.scale().unit(),
                Map.of(),
                Map.of(),
                Map.of(),
                training.bestEpoch(),
                training.bestValidationMae(),
                trainedParameters(experiment),
                training.epochs().size() * experiment.config().training().steps(images),
                seconds,
                new LabeledPredictions(List.of(), List.of()));
    }

    private static CellResult tested(Experiment experiment, CellResult trained, LabeledPredictions predictions) {
        String group = experiment.config().protocol().group();
        ModelComparison models = new ModelComparison(
                experiment.bins(),
                experiment.data().labels(Split.TRAIN),
                experiment.config().evaluation().withoutIntervals(),
                group);
        models.add(trained.title(), predictions);
        Comparison comparison = models.comparison();
        Map<String, Double> parts = new LinkedHashMap<>();
        models.parts(Parts.LONG_TAIL)
                .parts()
                .forEach((part, figures) ->
                        parts.put(part, figures.trained().figures().get(OrdinalMetric.MAE)));
        return trained.tested(
                figures(comparison.trained()),
                figures(comparison.row(Comparison.CONSTANT)),
                parts,
                named(predictions, group));
    }

    /** With what the cell's file keeps of an image. */
    private static LabeledPredictions named(LabeledPredictions predictions, String group) {
        List<LabeledImage> images = predictions.images().stream()
                .map(image -> NamedImage.labeled(image.name(), image.label(), ImageClusters.group(image, group)))
                .toList();
        return new LabeledPredictions(images, predictions.predictions());
    }

    private static Map<String, Double> figures(Comparison.Row row) {
        Map<String, Double> figures = new LinkedHashMap<>();
        row.figures().forEach((metric, figure) -> figures.put(metric.key(), figure));
        return figures;
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
