/** Calibrations as JSON: a file of a model directory, or a part of another file. */
@NullMarked
package io.numclip.uncertainty.file;

import org.jspecify.annotations.NullMarked;
