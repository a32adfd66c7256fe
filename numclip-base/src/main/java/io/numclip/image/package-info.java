/**
 * Decodes image files into upright RGB pixels, like Pillow. Start with {@link io.numclip.image.ImageDecoder}. Plugins
 * do not use it: they name files, and {@link io.numclip.image.ImageFile} reads them.
 */
@NullMarked
package io.numclip.image;

import org.jspecify.annotations.NullMarked;
