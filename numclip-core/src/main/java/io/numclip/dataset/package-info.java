/**
 * Data sets as they lie on disk, and which images train, validate and test. A task is a
 * {@link io.numclip.dataset.TaskImages}; a {@link io.numclip.dataset.DataLayout} reads a data set as its owner ships it.
 */
@NullMarked
package io.numclip.dataset;

import org.jspecify.annotations.NullMarked;
