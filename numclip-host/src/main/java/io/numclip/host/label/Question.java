package io.numclip.host.label;

import org.jspecify.annotations.Nullable;

/**
 * What is asked next.
 *
 * @param id of the answer
 * @param image its place in {@link LabelImages}
 * @param other the place of the second image of a comparison
 * @param guess what would be predicted, where the answer shows how good predictions are
 */
public record Question(int id, int image, @Nullable Integer other, Answer.@Nullable Guess guess) {}
