/**
 * Built-in binning strategies. {@link io.numclip.binning.FixedBinning} takes bins as the user writes them,
 * {@link io.numclip.binning.UniformBinning} and {@link io.numclip.binning.QuantileBinning} are scikit-learn's
 * {@code KBinsDiscretizer} strategies, {@link io.numclip.binning.IntegerBinning} names every whole number.
 */
@NullMarked
package io.numclip.binning;

import org.jspecify.annotations.NullMarked;
