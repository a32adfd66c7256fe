/** The command {@code compare}: methods beside each other on the same images, cell by cell. */
@NullMarked
package io.numclip.runner.compare;

import org.jspecify.annotations.NullMarked;
