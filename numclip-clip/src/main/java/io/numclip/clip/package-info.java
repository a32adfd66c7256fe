/**
 * CLIP: images and token sequences to features. {@link io.numclip.clip.directory.ModelSource} finds a CLIP;
 * {@link io.numclip.clip.tower.ImageTower} is for prediction, {@link io.numclip.clip.tower.ClipBackbone} has both towers for
 * training. {@link io.numclip.clip.text.ClipTokenizer} and {@link io.numclip.clip.pixels.ClipPreprocessor} prepare the inputs.
 */
package io.numclip.clip;
