/**
 * Data sets as they are stored on disk, and which images are for training, validation and test. Start with
 * {@link io.numclip.dataset.TaskImages}; a {@link io.numclip.dataset.DataLayout} reads a data set as its owner
 * publishes it.
 */
@NullMarked
package io.numclip.dataset;

import org.jspecify.annotations.NullMarked;
