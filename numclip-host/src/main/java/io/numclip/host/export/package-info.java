/** Writes the model of a run as a directory that can be handed on. */
@NullMarked
package io.numclip.host.export;

import org.jspecify.annotations.NullMarked;
