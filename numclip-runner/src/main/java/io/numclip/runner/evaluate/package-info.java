/** The command {@code evaluate}: figures of a trained model, or two runs compared. */
@NullMarked
package io.numclip.runner.evaluate;

import org.jspecify.annotations.NullMarked;
