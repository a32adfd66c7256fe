/** Finished runs: listed, drawn anew, and compared with each other. */
@NullMarked
package io.numclip.runner.runs;

import org.jspecify.annotations.NullMarked;
