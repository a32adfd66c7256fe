package io.numclip.runner.experiment;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.training.ImageBatches;
import java.io.IOException;
import java.util.List;

/** Asks a trained model about a split of its own task. */
public final class TestRun {

    private TestRun() {}

    public static TestResult run(
            ExperimentConfig config, TrainedModel model, Split split, ImageBatches.SkippedImages skipped)
            throws IOException {
        ExperimentData data = ExperimentData.load(config);
        List<LabeledImage> images = data.images(split);
        Answers answers = Answers.ask(List.of(model.predictor()), images, skipped);
        ModelAnswers models = new ModelAnswers(model.predictor().model().bins(), data.labels(Split.TRAIN));
        models.add(
                config.method().title(), answers.images(), answers.predictions().get(0));
        return new TestResult(models.comparison(), List.of(models.longTail()), data.leaks());
    }
}
