/** The commands of the program; {@link io.numclip.runner.command.NumClipCommand} lists them. */
package io.numclip.runner.command;
