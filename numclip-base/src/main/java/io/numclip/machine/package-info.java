/** What the machine, or the container on it, lets the program use. */
@NullMarked
package io.numclip.machine;

import org.jspecify.annotations.NullMarked;
