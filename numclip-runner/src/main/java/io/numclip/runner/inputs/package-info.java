/** The images that a command line names: files, folders, patterns, lists and standard input, one after another. */
@NullMarked
package io.numclip.runner.inputs;

import org.jspecify.annotations.NullMarked;
