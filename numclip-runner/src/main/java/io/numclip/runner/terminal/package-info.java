/** What commands share: where the program speaks, what it ends with, common options, progress and failures. */
@NullMarked
package io.numclip.runner.terminal;

import org.jspecify.annotations.NullMarked;
