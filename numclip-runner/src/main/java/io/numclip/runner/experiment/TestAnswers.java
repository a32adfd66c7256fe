package io.numclip.runner.experiment;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.CalibratedAnswers;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.CoverageMeasure;
import io.numclip.uncertainty.CoverageReport;
import java.util.List;
import java.util.Optional;

/**
 * What a trained model says about test images, and whether it is as sure as it should be.
 *
 * @param images those that could be read
 * @param predictions in the order of the images; with uncertainty where there is a calibration
 * @param coverage empty where there is none
 */
record TestAnswers(List<LabeledImage> images, List<Prediction> predictions, Optional<CoverageReport> coverage) {

    /** @param raw of one model that is not calibrated */
    static TestAnswers of(Answers raw, Bins bins, Optional<Calibration> calibration) {
        List<Prediction> predictions = raw.predictions().get(0);
        Optional<CalibratedAnswers> calibrated = calibration.map(known -> new CalibratedAnswers(known, bins));
        return new TestAnswers(
                raw.images(),
                calibrated.map(answers -> answers.calibrated(predictions)).orElse(predictions),
                calibrated.map(answers -> CoverageMeasure.of(answers, ModelCalibration.answered(raw))));
    }
}
