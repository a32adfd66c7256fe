/** The command {@code predict}: a number for each image, as text, JSON or CSV. */
@NullMarked
package io.numclip.runner.predict;

import org.jspecify.annotations.NullMarked;
