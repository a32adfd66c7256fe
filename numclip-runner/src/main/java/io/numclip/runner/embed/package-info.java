/** The command {@code embed}: features of images and texts. */
@NullMarked
package io.numclip.runner.embed;

import org.jspecify.annotations.NullMarked;
