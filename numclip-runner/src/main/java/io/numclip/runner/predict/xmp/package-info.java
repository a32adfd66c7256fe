/** XMP, in which photo libraries find what is known of an image; begin with {@link io.numclip.runner.predict.xmp.Packet}. */
@NullMarked
package io.numclip.runner.predict.xmp;

import org.jspecify.annotations.NullMarked;
