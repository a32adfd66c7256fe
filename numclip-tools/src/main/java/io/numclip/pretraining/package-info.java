/** Contrastive pretraining of a small CLIP from captioned images. */
package io.numclip.pretraining;
