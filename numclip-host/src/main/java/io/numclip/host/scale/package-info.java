/** Numbers for images of which people have said only which of two is more. */
@NullMarked
package io.numclip.host.scale;

import org.jspecify.annotations.NullMarked;
