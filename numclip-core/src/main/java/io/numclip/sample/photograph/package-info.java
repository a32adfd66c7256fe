/**
 * Real photographs to make sample images from: {@link io.numclip.sample.photograph.Photographs} are the ones that ship
 * with the library, {@link io.numclip.sample.photograph.Crop} cuts a square out of one, and
 * {@link io.numclip.sample.photograph.PixelFilter}s change its look. Arithmetic is plain {@code float}, so the same
 * steps give the same pixels on every machine.
 */
@NullMarked
package io.numclip.sample.photograph;

import org.jspecify.annotations.NullMarked;
