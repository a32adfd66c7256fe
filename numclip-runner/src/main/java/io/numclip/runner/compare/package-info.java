/** The command {@code compare}: several methods on the same images, cell by cell. */
@NullMarked
package io.numclip.runner.compare;

import org.jspecify.annotations.NullMarked;
