/**
 * A run from configuration to figures. {@link io.numclip.runner.experiment.ExperimentAssembler} builds it, step by step;
 * {@link io.numclip.runner.experiment.TrainingRun} trains and tests it; {@link io.numclip.runner.experiment.RunFolder} is
 * what stays.
 */
@NullMarked
package io.numclip.runner.experiment;

import org.jspecify.annotations.NullMarked;
