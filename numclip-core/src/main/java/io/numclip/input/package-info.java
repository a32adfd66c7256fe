/**
 * Pixels on their way to the image tower: read ahead of it by a few threads, batch by batch
 * ({@link io.numclip.input.PixelBatches}); {@link io.numclip.input.ImageBatches} are those of a data set.
 */
@NullMarked
package io.numclip.input;

import org.jspecify.annotations.NullMarked;
