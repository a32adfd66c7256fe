/**
 * Which images are for training, validation and test: few-shot and shifted training lists
 * ({@link io.numclip.protocol.FewShot}, {@link io.numclip.protocol.LabelShift}), splits and folds
 * ({@link io.numclip.protocol.Splitter}), leaks between splits ({@link io.numclip.protocol.LeakCheck}), and the file
 * that fixes a split ({@link io.numclip.protocol.SplitManifest}).
 */
@NullMarked
package io.numclip.protocol;

import org.jspecify.annotations.NullMarked;
