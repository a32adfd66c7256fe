package io.numclip.host.result;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.coverage.CoverageMeasure;
import io.numclip.uncertainty.coverage.CoverageReport;
import java.util.List;
import java.util.Optional;

/**
 * A trained model's predictions for test images, and how well their intervals hold.
 *
 * @param predictions with uncertainty if there is a calibration
 * @param coverage empty if there is none
 * @param unseen in what no image is like one that the model has learned from, a sentence for each column
 */
public record TestPredictions(LabeledPredictions predictions, Optional<CoverageReport> coverage, List<String> unseen) {

    /**
     * @param raw of a model that is not calibrated
     * @param familiar what strange images are told by, if they are
     * @param learned the images that the model has learned from, or was chosen and calibrated on
     * @param group attribute that says which images belong together
     */
    public static TestPredictions of(
            LabeledPredictions raw,
            Bins bins,
            LabelScale scale,
            Optional<Calibration> calibration,
            Optional<FamiliarImages> familiar,
            List<LabeledImage> learned,
            String group) {
        List<String> unseen = ImageParts.unseen(raw.images(), learned, group);
        return calibration
                .map(known -> new CalibratedPredictions(known, bins, scale))
                .map(calibrated -> new TestPredictions(
                        calibrated.calibrated(raw),
                        Optional.of(CoverageMeasure.of(
                                calibrated,
                                raw,
                                familiar.filter(FamiliarImages::canTell).orElse(null),
                                group)),
                        unseen))
                .orElseGet(() -> new TestPredictions(raw, Optional.empty(), unseen));
    }
}
