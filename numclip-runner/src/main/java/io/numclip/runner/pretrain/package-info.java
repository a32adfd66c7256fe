/** The command {@code pretrain}: a small CLIP from captioned sample images. */
@NullMarked
package io.numclip.runner.pretrain;

import org.jspecify.annotations.NullMarked;
