/** Predictions against labels. */
package io.numclip.evaluation;
