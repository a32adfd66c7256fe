/** How many things are in a picture, 0 to 20. */
@NullMarked
package io.numclip.tasks.counting;

import org.jspecify.annotations.NullMarked;
