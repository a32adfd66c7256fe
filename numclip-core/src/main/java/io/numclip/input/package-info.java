/**
 * Pixels for the image tower, read ahead by a few threads, batch by batch: {@link io.numclip.input.PixelBatches} for
 * any images, {@link io.numclip.input.ImageBatches} for those of a data set.
 * {@link io.numclip.input.Workers} compute on them.
 */
@NullMarked
package io.numclip.input;

import org.jspecify.annotations.NullMarked;
