/**
 * From YAML to a checked {@link io.numclip.runner.config.ExperimentConfig}. {@link io.numclip.runner.config.YamlReader}
 * keeps the position of every node, {@link io.numclip.runner.config.Layers} lays the user's file over the recipe, and
 * {@link io.numclip.runner.config.RecordBinder} fills records and collects every problem on the way.
 */
@NullMarked
package io.numclip.runner.config;

import org.jspecify.annotations.NullMarked;
