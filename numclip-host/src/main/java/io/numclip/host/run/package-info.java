/**
 * A run from configuration to figures. {@link io.numclip.host.run.ExperimentAssembler} builds it, step by step;
 * {@link io.numclip.host.run.TrainingRun} trains and tests it; {@link io.numclip.host.run.RunFolder} holds the results.
 */
@NullMarked
package io.numclip.host.run;

import org.jspecify.annotations.NullMarked;
