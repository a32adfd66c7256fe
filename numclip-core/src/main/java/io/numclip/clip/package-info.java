/**
 * CLIP: images and token sequences to features. Start with {@link io.numclip.clip.ClipBackbone}; the way in is
 * {@link io.numclip.clip.ModelSource}, and {@link io.numclip.clip.ClipTokenizer} and
 * {@link io.numclip.clip.ClipPreprocessor} make its inputs.
 */
package io.numclip.clip;
