package io.numclip.runner.experiment;

import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.model.Part;
import io.numclip.runner.config.Method;
import io.numclip.training.NativeThreads;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trains and tests one cell of a comparison, in memory. */
public final class CellRun {

    private final Foundations shared = new Foundations();
    private final Tasks tasks;

    /** @param tasks shared with whoever has made the cells */
    public CellRun(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Images that an earlier cell has read are not read again, where no training changes the image tower. */
    public CellResult run(Cell cell, TrainingListener listener) throws IOException {
        try (Experiment experiment = ExperimentAssembler.assemble(cell.config(), tasks, shared)) {
            readImages(experiment, listener);
            long start = System.nanoTime();
            TrainingResult training = isFrozen(experiment)
                    ? NativeThreads.one(() -> fit(experiment, listener))
                    : fit(experiment, listener);
            double seconds = (System.nanoTime() - start) / 1e9;
            Answers answers =
                    Answers.ofTrained(experiment, experiment.data().images(Split.TEST), listener::imageSkipped);
            return result(experiment, training, answers, seconds);
        }
    }

    /** So that the seconds of a training are those of training. */
    private static void readImages(Experiment experiment, TrainingListener listener) throws IOException {
        if (!isFrozen(experiment)) {
            return;
        }
        for (Split split : Split.values()) {
            experiment
                    .features()
                    .features(
                            experiment.model().backbone(),
                            experiment.data().images(split),
                            experiment.config().training().batchSize(),
                            listener);
        }
    }

    private static boolean isFrozen(Experiment experiment) {
        TrainingConfig training = experiment.config().training();
        boolean frozen = training.learningRates().imageEncoder() == 0 || training.epochs() == 0;
        return frozen && !training.augment().flip();
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

    private static CellResult result(Experiment experiment, TrainingResult training, Answers answers, double seconds) {
        Method method = experiment.config().method();
        List<Prediction> predictions = answers.predictions().get(0);
        ModelAnswers models = new ModelAnswers(
                experiment.bins(),
                experiment.data().labels(Split.TRAIN),
                experiment.config().evaluation().withoutIntervals());
        models.add(method.title(), answers.images(), predictions);
        Comparison comparison = models.comparison();
        Map<String, Double> parts = new LinkedHashMap<>();
        models.view(View.LONG_TAIL)
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
                IntStream.range(0, predictions.size())
                        .mapToObj(i -> answer(answers.images().get(i), predictions.get(i)))
                        .toList());
    }

    /** Probabilities to four digits, which keeps the file of a cell small. */
    private static CellResult.Answer answer(LabeledImage image, Prediction prediction) {
        List<Double> probabilities = prediction.concepts().stream()
                .map(concept -> Math.round(concept.probability() * 1e4) / 1e4)
                .toList();
        return new CellResult.Answer(image.name(), image.label(), prediction.value(), probabilities);
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
