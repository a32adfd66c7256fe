/** Files that are written as a whole or not at all, JSON that is not trusted, and hashes. */
@NullMarked
package io.numclip.storage;

import org.jspecify.annotations.NullMarked;
