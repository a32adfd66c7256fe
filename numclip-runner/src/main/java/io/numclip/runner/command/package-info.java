/** The commands of the program; {@link io.numclip.runner.command.NumClipCommand} lists them. */
@NullMarked
package io.numclip.runner.command;

import org.jspecify.annotations.NullMarked;
