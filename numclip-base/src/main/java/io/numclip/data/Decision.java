package io.numclip.data;

/**
 * Whether an image is called to be on one side of an edge of the scale, with a budget for those that are missed.
 *
 * @param cut the side and the edge, such as {@code below 18}
 * @param called whether it is to be treated so; of the images whose label is on this side, at most the budget are not
 */
public record Decision(String cut, boolean called) {}
