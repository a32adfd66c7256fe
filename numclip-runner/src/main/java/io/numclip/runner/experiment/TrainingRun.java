package io.numclip.runner.experiment;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.evaluation.Evaluation;
import io.numclip.evaluation.Evaluator;
import io.numclip.model.NumClipPredictor;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the untrained CLIP, trains NumCLIP, asks it, and compares the answers on the test images. */
public final class TrainingRun {

    private TrainingRun() {}

    public static RunResult run(ExperimentConfig config, RunFolder folder, TrainingListener listener)
            throws IOException {
        try (Experiment experiment = ExperimentAssembler.assemble(config)) {
            keep(config, folder);
            Map<String, Evaluation> evaluations = new LinkedHashMap<>(zeroShot(experiment, listener));
            TrainingResult training = fit(experiment, folder, listener);
            Answers answers = ask(experiment, listener);
            List<Prediction> predictions = answers.predictions().get(0);
            evaluations.put(Comparison.NUMCLIP, evaluate(experiment, answers, predictions));
            return new RunResult(
                    folder,
                    config,
                    experiment.scale(),
                    Comparison.of(evaluations),
                    training,
                    answers.images(),
                    predictions,
                    experiment.data().hash());
        }
    }

    /** A run that goes on has its configuration already. */
    private static void keep(ExperimentConfig config, RunFolder folder) throws IOException {
        if (!Files.exists(folder.config())) {
            Files.writeString(folder.config(), config.toYaml(), StandardCharsets.UTF_8);
        }
    }

    private static TrainingResult fit(Experiment experiment, RunFolder folder, TrainingListener listener)
            throws IOException {
        Trainer trainer = new Trainer(
                experiment.model(),
                experiment.description(),
                experiment.preprocessor(),
                experiment.losses(),
                experiment.config().training(),
                folder.path(),
                listener);
        return trainer.fit(
                experiment.data().images(Split.TRAIN), experiment.data().images(Split.VALIDATION));
    }

    private static Map<String, Evaluation> zeroShot(Experiment experiment, TrainingListener listener) {
        NumClipPredictor byNumbers = ZeroShot.byNumbers(experiment);
        NumClipPredictor byConcepts = ZeroShot.byConcepts(experiment);
        List<LabeledImage> images = experiment.data().images(Split.TEST);
        Answers answers = Answers.ask(List.of(byNumbers, byConcepts), images, listener::imageSkipped);
        Bins numbers = byNumbers.model().bins();
        List<Prediction> inConcepts = answers.predictions().get(0).stream()
                .map(prediction -> ZeroShot.into(experiment.bins(), numbers, prediction))
                .toList();
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        evaluations.put(Comparison.NUMBER_WORDS, evaluate(experiment, answers, inConcepts));
        evaluations.put(
                Comparison.CONCEPT_WORDS,
                evaluate(experiment, answers, answers.predictions().get(1)));
        return evaluations;
    }

    private static Answers ask(Experiment experiment, TrainingListener listener) {
        NumClipPredictor predictor = new NumClipPredictor(experiment.model(), experiment.preprocessor());
        return Answers.ask(List.of(predictor), experiment.data().images(Split.TEST), listener::imageSkipped);
    }

    private static Evaluation evaluate(Experiment experiment, Answers answers, List<Prediction> predictions) {
        double[] trainingLabels = experiment.data().labels(Split.TRAIN);
        return Evaluator.evaluate(experiment.bins(), trainingLabels, answers.labels(), predictions);
    }
}
