/**
 * CLIP: images and token sequences to features. {@link io.numclip.clip.ModelSource} finds a CLIP;
 * {@link io.numclip.clip.ImageTower} is for prediction, {@link io.numclip.clip.ClipBackbone} has both towers for
 * training. {@link io.numclip.clip.ClipTokenizer} and {@link io.numclip.clip.ClipPreprocessor} prepare the inputs.
 */
package io.numclip.clip;
