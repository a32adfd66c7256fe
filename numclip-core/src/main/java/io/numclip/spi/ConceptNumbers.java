package io.numclip.spi;

import ai.djl.ndarray.NDArray;

/**
 * Numbers of N images as sums over the K concepts: ŷ = Σ weight_k · number_k.
 *
 * @param weights (N, K), such as the probabilities of the concepts; each row sums to 1
 * @param numbers (N, K) the number that each concept stands for in each image, in the unit of the label scale
 */
public record ConceptNumbers(NDArray weights, NDArray numbers) {}
