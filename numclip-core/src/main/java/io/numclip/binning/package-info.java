/**
 * Built-in binning strategies. {@link io.numclip.binning.FixedBinning} and {@link io.numclip.binning.ConceptBinning}
 * take bins as the user writes them; {@link io.numclip.binning.UniformBinning},
 * {@link io.numclip.binning.QuantileBinning} and {@link io.numclip.binning.KMeansBinning} correspond to the strategies
 * of scikit-learn's {@code KBinsDiscretizer}; {@link io.numclip.binning.IntegerBinning} names every whole number.
 */
@NullMarked
package io.numclip.binning;

import org.jspecify.annotations.NullMarked;
