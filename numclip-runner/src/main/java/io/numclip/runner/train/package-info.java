/** The command {@code train}: one run, or one for each fold. */
@NullMarked
package io.numclip.runner.train;

import org.jspecify.annotations.NullMarked;
