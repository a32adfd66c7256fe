/**
 * Simple predictors that every result is measured against: {@link io.numclip.yardstick.NearestNeighbours} and
 * {@link io.numclip.yardstick.LogisticRegression}, on the features of the untrained CLIP or on plain pixels
 * ({@link io.numclip.yardstick.PooledPixels}). Whoever does not beat them has not used what the images show. What lists are checked
 * with is here, too: {@link io.numclip.yardstick.HeldOutShares} and {@link io.numclip.yardstick.NearestOther}.
 */
@NullMarked
package io.numclip.yardstick;

import org.jspecify.annotations.NullMarked;
