/** A page on which a person labels images: {@link io.numclip.server.label.LabelServer} serves it to this machine alone. */
@NullMarked
package io.numclip.server.label;

import org.jspecify.annotations.NullMarked;
