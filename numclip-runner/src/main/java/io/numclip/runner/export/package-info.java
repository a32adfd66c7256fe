/** {@code numclip export}: hands a trained model on. */
@NullMarked
package io.numclip.runner.export;

import org.jspecify.annotations.NullMarked;
