/** What a program says to its user: where output goes, what a failure means, and the exit codes. */
@NullMarked
package io.numclip.host.message;

import org.jspecify.annotations.NullMarked;
