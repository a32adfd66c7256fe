/** What commands share: output, exit codes, common options, progress and failures. */
@NullMarked
package io.numclip.runner.terminal;

import org.jspecify.annotations.NullMarked;
