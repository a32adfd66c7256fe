/** WebP and TIFF: files that are containers of several compressions. What they claim is checked before TwelveMonkeys decodes it. */
@NullMarked
package io.numclip.image.container;

import org.jspecify.annotations.NullMarked;
