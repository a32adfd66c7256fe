package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/**
 * The true labels of a batch of N images.
 *
 * @param values (N) float32, labels in the unit of the label scale
 * @param bins (N) int64, index of the bin that holds each label
 */
public record Targets(NDArray values, NDArray bins) {}
