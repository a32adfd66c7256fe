package io.numclip.host.run;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.CoverageMeasure;
import io.numclip.uncertainty.CoverageReport;
import java.util.Optional;

/**
 * What a trained model says about test images, and whether it is as sure as it should be.
 *
 * @param predictions with uncertainty where there is a calibration
 * @param coverage empty where there is none
 */
record TestPredictions(LabeledPredictions predictions, Optional<CoverageReport> coverage) {

    /** @param raw of a model that is not calibrated */
    static TestPredictions of(LabeledPredictions raw, Bins bins, Optional<Calibration> calibration) {
        return calibration
                .map(known -> new CalibratedPredictions(known, bins))
                .map(calibrated -> new TestPredictions(
                        new LabeledPredictions(raw.images(), calibrated.calibrated(raw.predictions())),
                        Optional.of(CoverageMeasure.of(calibrated, raw))))
                .orElseGet(() -> new TestPredictions(raw, Optional.empty()));
    }
}
