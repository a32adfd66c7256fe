/**
 * Values that cross the SPI, without tensors: images with labels ({@link io.numclip.data.LabeledImage}), number concepts
 * ({@link io.numclip.data.Bins}) and answers ({@link io.numclip.data.Prediction}), and what finds a
 * user's images ({@link io.numclip.data.TaskImages}); a {@link io.numclip.data.DataLayout} reads a data set as its owner
 * ships it.
 */
@NullMarked
package io.numclip.data;

import org.jspecify.annotations.NullMarked;
