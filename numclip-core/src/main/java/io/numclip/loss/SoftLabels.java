package io.numclip.loss;

import ai.djl.ndarray.NDArray;

/** Compares the concept probabilities of an image with a distribution over the concepts, not with one true concept. */
final class SoftLabels {

    private SoftLabels() {}

    /**
     * @param labels (N, K) rows sum to 1
     * @return mean over the images of −Σ_k labels_k · log softmax(logits)_k
     */
    static NDArray crossEntropy(NDArray labels, NDArray logits) {
        return labels.mul(logits.logSoftmax(1)).sum(new int[] {1}).mean().neg(); // scalar
    }

    /**
     * @param logLabels (N, K) finite; their exponentials sum to 1 in each row
     * @return mean over the images of KL(labels ‖ softmax(logits))
     */
    static NDArray divergence(NDArray logLabels, NDArray logits) {
        NDArray ratio = logLabels.sub(logits.logSoftmax(1)); // (N, K)
        return logLabels.exp().mul(ratio).sum(new int[] {1}).mean(); // scalar
    }
}
