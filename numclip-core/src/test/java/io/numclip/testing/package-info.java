/**
 * The plugin test kit. A test of a component extends the contract of its kind and names its factory:
 * {@link io.numclip.testing.FineHeadContract}, {@link io.numclip.testing.RankingLossContract},
 * {@link io.numclip.testing.BinningStrategyContract}, {@link io.numclip.testing.NumberPromptsContract},
 * {@link io.numclip.testing.OrdinalTaskContract}. {@link io.numclip.testing.NDArrayAssert} compares tensors.
 */
package io.numclip.testing;
