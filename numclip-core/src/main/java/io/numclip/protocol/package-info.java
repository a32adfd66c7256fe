/**
 * Who sees which image: few-shot and shifted training lists ({@link io.numclip.protocol.FewShot},
 * {@link io.numclip.protocol.LabelShift}), images dealt to splits and folds ({@link io.numclip.protocol.Splitter}), leaks
 * between splits ({@link io.numclip.protocol.LeakCheck}), and the file that pins all of it
 * ({@link io.numclip.protocol.SplitManifest}).
 */
@NullMarked
package io.numclip.protocol;

import org.jspecify.annotations.NullMarked;
