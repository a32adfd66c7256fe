/** Sidecars of XMP, in which photo libraries find the number of an image; begin with {@link io.numclip.runner.predict.xmp.Sidecars}. */
@NullMarked
package io.numclip.runner.predict.xmp;

import org.jspecify.annotations.NullMarked;
