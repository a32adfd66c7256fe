/** The command {@code split}: assigns images to splits or folds and writes a manifest. */
@NullMarked
package io.numclip.runner.split;

import org.jspecify.annotations.NullMarked;
