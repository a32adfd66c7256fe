/**
 * Real photographs to make sample images from: {@link io.numclip.sample.photograph.Photographs} ships them,
 * {@link io.numclip.sample.photograph.Crop} cuts a square out of one, and {@link io.numclip.sample.photograph.PixelFilter}s
 * change its looks. Arithmetic is plain {@code float}, so the same steps give the same pixels on every machine.
 */
@NullMarked
package io.numclip.sample.photograph;

import org.jspecify.annotations.NullMarked;
