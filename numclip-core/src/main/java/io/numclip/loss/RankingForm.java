package io.numclip.loss;

import ai.djl.ndarray.NDArray;

/**
 * How distance enters the two halves of the fine-grained cross-modal ranking-based loss. An entry is a concept of an
 * image (first half, along the concepts) or an image of a concept (second half, along the batch). In the forms below,
 * λ = |y − j| / Σ |y − k| is the share of an entry in the distances of its row or column.
 */
public enum RankingForm {
    /**
     * As in the published code: the logits of the negatives are multiplied by (K − 1) · λ. In large batches this
     * shrinks them towards 0.
     */
    REFERENCE {
        @Override
        NDArray weigh(NDArray logits, NDArray distance, NDArray positive, int axis) {
            double negatives = logits.getShape().get(1) - 1.0;
            return logits.mul(BinDistance.share(distance, axis, negatives).add(positive)); // (N, K)
        }
    },
    /**
     * As in the paper: the term e^z of every negative is multiplied by λ, that is, log λ is added to its logit. The
     * paper gives the half from image to text only; the other is the same, transposed.
     */
    PAPER {
        @Override
        NDArray weigh(NDArray logits, NDArray distance, NDArray positive, int axis) {
            return logits.add(BinDistance.share(distance, axis, 1).add(positive).log()); // (N, K)
        }
    },
    /** Not at all: ordinary cross-entropy along the concepts, OrdinalCLIP's loss along the batch. */
    PLAIN {
        @Override
        NDArray weigh(NDArray logits, NDArray distance, NDArray positive, int axis) {
            return logits; // (N, K)
        }
    };

    /**
     * @param logits (N, K)
     * @param distance (N, K) of each concept to that of the image, in bins
     * @param positive (N, K) 1 where the image has the concept, else 0
     * @param axis 1 along the concepts, 0 along the batch
     * @return (N, K) weighted logits
     */
    abstract NDArray weigh(NDArray logits, NDArray distance, NDArray positive, int axis);
}
