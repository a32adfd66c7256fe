package io.numclip.runner.experiment;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.evaluation.Evaluation;
import io.numclip.evaluation.Evaluator;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.training.ImageBatches;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asks a trained model about a split of its own task. */
public final class TestRun {

    private TestRun() {}

    public static Comparison run(
            ExperimentConfig config, TrainedModel model, Split split, ImageBatches.SkippedImages skipped)
            throws IOException {
        ExperimentData data = ExperimentData.load(Components.task(config.task()));
        List<LabeledImage> images = data.images(split);
        Answers answers = Answers.ask(List.of(model.predictor()), images, skipped);
        Evaluation evaluation = Evaluator.evaluate(
                model.predictor().model().bins(),
                data.labels(Split.TRAIN),
                answers.labels(),
                answers.predictions().get(0));
        return Comparison.of(Map.of(Comparison.NUMCLIP, evaluation));
    }
}
