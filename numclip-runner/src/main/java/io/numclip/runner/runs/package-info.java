/** The command {@code report}: describes runs and CLIPs, lists runs, draws their pages anew, and compares them. */
@NullMarked
package io.numclip.runner.runs;

import org.jspecify.annotations.NullMarked;
