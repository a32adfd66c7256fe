/** The beauty of a photograph, grades 1 to 5. */
@NullMarked
package io.numclip.tasks.aesthetics;

import org.jspecify.annotations.NullMarked;
