package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.Targets;

/** A Gaussian around the label, evaluated at the anchors of the concepts. */
final class GaussianLabels {

    private final double[] anchors;
    private final double deviation;

    /** @param spread standard deviation in units of the mean distance between neighbouring anchors */
    GaussianLabels(Bins bins, double spread) {
        anchors = bins.anchors();
        double span = anchors[anchors.length - 1] - anchors[0];
        if (!(span > 0)) {
            throw new IllegalArgumentException(
                    "the anchors of the first and the last concept must differ; found " + span + " between them");
        }
        deviation = spread * span / (anchors.length - 1);
    }

    /** @return (N, K) logarithm of the label distribution; its exponentials sum to 1 in each row */
    NDArray log(Targets targets, NDArray logits) {
        NDArray labels = targets.values().reshape(-1, 1); // (N, 1)
        NDArray apart = labels.sub(Constants.vector(logits, anchors)).div(deviation); // (N, K) in deviations
        return apart.square().div(-2).logSoftmax(1); // (N, K)
    }
}
