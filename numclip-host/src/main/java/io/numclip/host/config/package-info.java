/**
 * From YAML to a checked {@link io.numclip.host.config.ExperimentConfig}. {@link io.numclip.host.config.YamlReader}
 * keeps the position of every node, {@link io.numclip.host.config.Layers} merges the user's file into the recipe, and
 * {@link io.numclip.host.config.RecordBinder} fills records and collects every problem on the way.
 */
@NullMarked
package io.numclip.host.config;

import org.jspecify.annotations.NullMarked;
