/**
 * Metrics of predictions against labels. Start with {@link io.numclip.evaluation.Evaluator}, which scores a list of
 * predictions, and {@link io.numclip.evaluation.OrdinalMetric}, where a new metric is one line.
 */
@NullMarked
package io.numclip.evaluation;

import org.jspecify.annotations.NullMarked;
