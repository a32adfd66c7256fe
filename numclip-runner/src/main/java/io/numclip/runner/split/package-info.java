/** The command {@code split}: which image is for what, written to a manifest. */
@NullMarked
package io.numclip.runner.split;

import org.jspecify.annotations.NullMarked;
