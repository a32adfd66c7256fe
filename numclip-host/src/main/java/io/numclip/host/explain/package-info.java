/** Where in a picture a number comes from. */
@NullMarked
package io.numclip.host.explain;

import org.jspecify.annotations.NullMarked;
