/**
 * The plugin test kit, published as {@code numclip-core} with type {@code test-jar}. A test of a component extends the
 * contract of its kind and provides its factory: {@link io.numclip.testing.FineHeadContract},
 * {@link io.numclip.testing.CoarseHeadContract}, {@link io.numclip.testing.RankingLossContract},
 * {@link io.numclip.testing.BinningStrategyContract}, {@link io.numclip.testing.NumberPromptsContract},
 * {@link io.numclip.testing.OrdinalTaskContract}, and {@link io.numclip.testing.SampleTaskContract} for a task that
 * draws samples. A contract is strict; the few checks that do not fit every component have a method to override, and
 * each failed check says what to do.
 *
 * <p>{@link io.numclip.testing.TinyClip} builds a whole model without a download,
 * {@link io.numclip.testing.NDArrayAssert} compares tensors, {@link io.numclip.testing.PluginJarBuilder} builds plugin
 * files, and {@link io.numclip.testing.SampleSheet} shows what a task draws. The kit needs JUnit 5 and AssertJ on the
 * test class path.
 */
package io.numclip.testing;
