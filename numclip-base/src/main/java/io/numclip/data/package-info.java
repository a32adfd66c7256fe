/**
 * Values that cross the plugin interface, without tensors: images with labels ({@link io.numclip.data.LabeledImage}),
 * number concepts ({@link io.numclip.data.Bins}), predictions ({@link io.numclip.data.Prediction}), and errors that a
 * user can act on ({@link io.numclip.data.NumClipException}).
 */
@NullMarked
package io.numclip.data;

import org.jspecify.annotations.NullMarked;
