package io.numclip.runner.experiment;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.protocol.Leak;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.training.TrainingResult;
import io.numclip.uncertainty.CoverageReport;
import java.util.List;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param views the test images in parts
 * @param images test images that could be read
 * @param predictions of the trained model for them, in the same order
 * @param ordinality of the prototypes
 * @param coverage whether the model is as sure as it should be; empty where it is not calibrated
 * @param leaks what stands in more than one split
 * @param dataHash SHA-256 over all three splits
 */
public record RunResult(
        RunFolder folder,
        ExperimentConfig config,
        LabelScale scale,
        Comparison comparison,
        List<View> views,
        TrainingResult training,
        List<LabeledImage> images,
        List<Prediction> predictions,
        double ordinality,
        Optional<CoverageReport> coverage,
        List<Leak> leaks,
        String dataHash) {

    public double[] labels() {
        return images.stream().mapToDouble(LabeledImage::label).toArray();
    }

    public double[] values() {
        return predictions.stream().mapToDouble(Prediction::value).toArray();
    }
}
