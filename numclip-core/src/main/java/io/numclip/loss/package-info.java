/**
 * Built-in losses. The paper's ranking-based loss (FCRC) has two halves, {@link io.numclip.loss.RankingCrossEntropy} from
 * image to text and {@link io.numclip.loss.RankingKl} from text to image; {@link io.numclip.loss.AbsoluteError} trains the
 * number.
 */
@NullMarked
package io.numclip.loss;

import org.jspecify.annotations.NullMarked;
