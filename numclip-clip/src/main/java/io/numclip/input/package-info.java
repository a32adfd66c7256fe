/**
 * From images to what is found in them: {@link io.numclip.input.Engine} decodes ahead of workers that look at batches of pixels,
 * and {@link io.numclip.input.ImageScan} takes the images of a data set through it. For training,
 * {@link io.numclip.input.ImageBatches} reads ahead of one consumer.
 */
@NullMarked
package io.numclip.input;

import org.jspecify.annotations.NullMarked;
