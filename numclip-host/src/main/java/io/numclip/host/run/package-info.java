/**
 * A run from what was assembled to its figures: {@link io.numclip.host.run.TrainingRun} trains and tests it,
 * {@link io.numclip.host.run.TrainedModel} opens what it has left.
 */
@NullMarked
package io.numclip.host.run;

import org.jspecify.annotations.NullMarked;
