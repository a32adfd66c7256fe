/** The command {@code serve}: trained models over HTTP, until it is told to stop. */
@NullMarked
package io.numclip.runner.serve;

import org.jspecify.annotations.NullMarked;
