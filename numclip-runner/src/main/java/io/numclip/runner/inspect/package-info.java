/** The command {@code inspect}: what a CLIP directory or a run folder holds. */
@NullMarked
package io.numclip.runner.inspect;

import org.jspecify.annotations.NullMarked;
