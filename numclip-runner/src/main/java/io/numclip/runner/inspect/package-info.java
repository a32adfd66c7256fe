/** The command {@code inspect}: describes a CLIP directory or a run folder. */
@NullMarked
package io.numclip.runner.inspect;

import org.jspecify.annotations.NullMarked;
