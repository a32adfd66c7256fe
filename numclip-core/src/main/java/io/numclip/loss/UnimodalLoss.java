package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;

/**
 * A term of the objective with soft labels: cross-entropy with labels that depend only on the true concept,
 * (1 − eta) · one-hot + eta · a distribution with one peak, at or next to the true concept. The shapes are those of the
 * package dlordinal.
 */
abstract class UnimodalLoss implements RankingLoss {

    private final double[][] labels; // (K, K) row y holds the labels of concept y

    /** @param distributions (K, K) row y belongs to the true concept y; rows need not sum to 1 */
    UnimodalLoss(double[][] distributions, double eta) {
        labels = new double[distributions.length][];
        for (int y = 0; y < labels.length; y++) {
            labels[y] = Distributions.normalize(distributions[y]);
            for (int k = 0; k < labels.length; k++) {
                labels[y][k] = (k == y ? 1 - eta : 0) + eta * labels[y][k];
            }
        }
    }

    @Override
    public final NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray logits = output.logits(); // (N, K)
        NDArray rows = targets.bins().oneHot(labels.length).matMul(Constants.table(logits, labels)); // (N, K)
        return SoftLabels.crossEntropy(rows, logits); // scalar
    }
}
