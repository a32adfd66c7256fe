/** What the machine, or the container on it, lets the program use. */
@NullMarked
package io.numclip.host.machine;

import org.jspecify.annotations.NullMarked;
