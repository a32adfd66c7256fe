/**
 * A first configuration for a user's own images: {@link io.numclip.runner.starter.LabelSurvey} looks at the labels,
 * {@link io.numclip.runner.starter.StarterBins} proposes words for them, {@link io.numclip.runner.starter.StarterFile}
 * writes the YAML.
 */
@NullMarked
package io.numclip.runner.starter;

import org.jspecify.annotations.NullMarked;
