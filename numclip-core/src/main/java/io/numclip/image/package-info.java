/**
 * Image files to upright RGB pixels, as Pillow decodes them. Start with {@link io.numclip.image.ImageDecoder}. Not for plugins:
 * they name files, and {@link io.numclip.image.ImageFile} reads them.
 */
@NullMarked
package io.numclip.image;

import org.jspecify.annotations.NullMarked;
