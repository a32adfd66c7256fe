/**
 * The command {@code words}: which words and templates the untrained CLIP understands best.
 * {@link io.numclip.runner.words.Candidates} are what may be said, {@link io.numclip.runner.words.WordSearch} finds the best of
 * it.
 */
@NullMarked
package io.numclip.runner.words;

import org.jspecify.annotations.NullMarked;
