/**
 * How sure a number is: probabilities that mean what they say, and intervals that hold. Start with
 * {@link io.numclip.uncertainty.Calibrator}, which learns a {@link io.numclip.uncertainty.Calibration} from labelled
 * images, and {@link io.numclip.uncertainty.CalibratedPredictions}, which gives it to predictions.
 */
@NullMarked
package io.numclip.uncertainty;

import org.jspecify.annotations.NullMarked;
