/**
 * Values that cross the SPI, without tensors: images with labels ({@link io.numclip.data.LabeledImage}), number concepts
 * ({@link io.numclip.data.Bins}) and answers ({@link io.numclip.data.Prediction}), and the readers that find a user's
 * images ({@link io.numclip.data.TaskImages}).
 */
@NullMarked
package io.numclip.data;

import org.jspecify.annotations.NullMarked;
