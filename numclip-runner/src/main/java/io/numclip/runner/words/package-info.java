/**
 * The command {@code words}: which words and templates the untrained CLIP understands best.
 * {@link io.numclip.runner.words.Candidates} are the words and templates to choose from,
 * {@link io.numclip.runner.words.WordSearch} finds the best of them.
 */
@NullMarked
package io.numclip.runner.words;

import org.jspecify.annotations.NullMarked;
