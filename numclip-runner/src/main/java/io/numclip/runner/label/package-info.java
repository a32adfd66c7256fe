/** The command {@code label}: people give numbers to images by looking at them. */
@NullMarked
package io.numclip.runner.label;

import org.jspecify.annotations.NullMarked;
