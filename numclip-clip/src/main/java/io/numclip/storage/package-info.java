/** Files that are written as a whole or not at all, hashes, and safetensors. */
@NullMarked
package io.numclip.storage;

import org.jspecify.annotations.NullMarked;
