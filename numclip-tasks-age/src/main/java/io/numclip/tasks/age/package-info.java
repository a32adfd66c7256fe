/** Age of a face in years, 0 to 100. */
@NullMarked
package io.numclip.tasks.age;

import org.jspecify.annotations.NullMarked;
