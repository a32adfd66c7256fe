package io.numclip.runner.experiment;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.training.TrainingResult;
import java.util.List;

/**
 * What a run came to.
 *
 * @param images test images that could be read
 * @param predictions of the trained model for them, in the same order
 * @param dataHash SHA-256 over all three splits
 */
public record RunResult(
        RunFolder folder,
        ExperimentConfig config,
        LabelScale scale,
        Comparison comparison,
        TrainingResult training,
        List<LabeledImage> images,
        List<Prediction> predictions,
        String dataHash) {

    public double[] labels() {
        return images.stream().mapToDouble(LabeledImage::label).toArray();
    }

    public double[] values() {
        return predictions.stream().mapToDouble(Prediction::value).toArray();
    }
}
