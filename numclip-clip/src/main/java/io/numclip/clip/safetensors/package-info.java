/** Files of tensors, as Hugging Face lays them out, read and written without trust in what their headers say. */
@NullMarked
package io.numclip.clip.safetensors;

import org.jspecify.annotations.NullMarked;
