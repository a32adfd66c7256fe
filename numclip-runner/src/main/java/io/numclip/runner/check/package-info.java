/** The command {@code check}: what may be wrong in a list, for the terminal, as a table, and as a page to mend labels on. */
@NullMarked
package io.numclip.runner.check;

import org.jspecify.annotations.NullMarked;
