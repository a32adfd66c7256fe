/** The command {@code evaluate}: figures of a trained model, and of two beside each other. */
@NullMarked
package io.numclip.runner.evaluate;

import org.jspecify.annotations.NullMarked;
