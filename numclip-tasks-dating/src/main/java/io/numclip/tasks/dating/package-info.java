/** The year of a photograph, 1930 to 1979. */
@NullMarked
package io.numclip.tasks.dating;

import org.jspecify.annotations.NullMarked;
