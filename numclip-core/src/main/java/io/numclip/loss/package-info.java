/**
 * Built-in terms of the training objective. A {@link io.numclip.spi.RankingLoss}, named after the ranking-based loss of
 * the paper, is any term of the objective; few of them rank. The paper's ranking-based loss (FCRC) has two halves,
 * {@link io.numclip.loss.RankingCrossEntropy} from image to text and {@link io.numclip.loss.RankingKl} from text to
 * image; {@link io.numclip.loss.AbsoluteError} trains the number. The others are alternatives, one file each: over
 * thresholds ({@link io.numclip.loss.CoralLoss}, {@link io.numclip.loss.CornLoss}), with soft labels
 * ({@link io.numclip.loss.SordLoss}, {@link io.numclip.loss.DldlLoss}, {@link io.numclip.loss.DldlV2Loss} and the
 * shapes of {@code UnimodalLoss}), on the distribution ({@link io.numclip.loss.EarthMoversDistance},
 * {@link io.numclip.loss.WeightedKappa}, {@link io.numclip.loss.MeanVariance}) and between images or between images and
 * texts ({@link io.numclip.loss.RankNContrast}, {@link io.numclip.loss.PairwiseRanking},
 * {@link io.numclip.loss.CrossModalOrdinal}).
 *
 * <p>Terms on probabilities take the softmax of the logits, so each works with every coarse head. A cumulative link
 * model needs no loss of its own: plain cross-entropy on its logits is its negative log-likelihood.
 */
@NullMarked
package io.numclip.loss;

import org.jspecify.annotations.NullMarked;
