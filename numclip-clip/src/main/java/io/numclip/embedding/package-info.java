/** Vectors of images and texts by a CLIP as it is; begin with {@link io.numclip.embedding.ClipEmbeddings}. */
@NullMarked
package io.numclip.embedding;

import org.jspecify.annotations.NullMarked;
