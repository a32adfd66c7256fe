/**
 * The uncertainty of predictions: reliable probabilities, and intervals with a promised coverage. Start with
 * {@link io.numclip.uncertainty.Calibrator}, which fits a {@link io.numclip.uncertainty.Calibration} to labelled
 * images, and {@link io.numclip.uncertainty.CalibratedPredictions}, which applies it to predictions.
 */
@NullMarked
package io.numclip.uncertainty;

import org.jspecify.annotations.NullMarked;
