/** {@code numclip scale}. */
@NullMarked
package io.numclip.runner.scale;

import org.jspecify.annotations.NullMarked;
