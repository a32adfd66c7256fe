/** Trained models over HTTP. */
@NullMarked
package io.numclip.server;

import org.jspecify.annotations.NullMarked;
