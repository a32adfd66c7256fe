package io.numclip.runner.compare;

import io.numclip.data.LabeledPredictions;
import io.numclip.data.Split;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.Method;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.Experiment;
import io.numclip.host.run.ExperimentAssembler;
import io.numclip.host.run.ModelComparison;
import io.numclip.host.run.Parts;
import io.numclip.host.run.Predictions;
import io.numclip.host.run.SharedModels;
import io.numclip.host.run.Tasks;
import io.numclip.model.Part;
import io.numclip.training.NativeThreads;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trains and tests one cell of a comparison, in memory. */
public final class CellRun {

    private final SharedModels shared = new SharedModels();
    private final Tasks tasks;

    /** @param tasks shared with {@link Cells} */
    public CellRun(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Images encoded for an earlier cell are not encoded again, if the image tower is frozen. */
    public CellResult run(Cell cell, TrainingListener listener) throws IOException {
        try (Experiment experiment = ExperimentAssembler.assemble(cell.config(), tasks, shared)) {
            readImages(experiment, listener);
            long start = System.nanoTime();
            TrainingResult training = experiment.config().training().usesImageFeatures()
                    ? NativeThreads.one(() -> fit(experiment, listener))
                    : fit(experiment, listener);
            double seconds = (System.nanoTime() - start) / 1e9;
            LabeledPredictions predictions =
                    Predictions.ofTrained(experiment, experiment.data().images(Split.TEST), listener);
            return result(experiment, training, predictions, seconds);
        }
    }

    /** Encodes images before training, so that its seconds are those of training alone. */
    private static void readImages(Experiment experiment, TrainingListener listener) throws IOException {
        if (!experiment.config().training().usesImageFeatures()) {
            return;
        }
        for (Split split : Split.values()) {
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
                    experiment.config().training(),
                    experiment.features(),
                    store,
                    listener);
            return trainer.fit(
                    experiment.data().images(Split.TRAIN), experiment.data().images(Split.VALIDATION));
        }
    }

    private static CellResult result(
            Experiment experiment, TrainingResult training, LabeledPredictions predictions, double seconds) {
        Method method = experiment.config().method();
        ModelComparison models = new ModelComparison(
                experiment.bins(),
                experiment.data().labels(Split.TRAIN),
                experiment.config().evaluation().withoutIntervals());
        models.add(method.title(), predictions);
        Comparison comparison = models.comparison();
        Map<String, Double> parts = new LinkedHashMap<>();
        models.parts(Parts.LONG_TAIL)
                .parts()
                .forEach((part, figures) ->
                        parts.put(part, figures.trained().figures().get(OrdinalMetric.MAE)));
        return new CellResult(
                method.title(),
                method.source(),
                experiment.scale().unit(),
                figures(comparison.trained()),
                figures(comparison.row(Comparison.CONSTANT)),
                parts,
                training.bestEpoch(),
                training.bestValidationMae(),
                trainedParameters(experiment),
                seconds,
                predictions);
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
