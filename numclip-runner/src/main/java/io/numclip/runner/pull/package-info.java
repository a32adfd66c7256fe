/** The command {@code pull}: downloads a model directory. The only place of the program that opens connections. */
@NullMarked
package io.numclip.runner.pull;

import org.jspecify.annotations.NullMarked;
