/** Looks for wrong labels and other faults in a list of images: {@link io.numclip.host.check.ListCheck}. */
@NullMarked
package io.numclip.host.check;

import org.jspecify.annotations.NullMarked;
