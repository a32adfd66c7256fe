/**
 * Benchmarks of the parts. {@link io.numclip.bench.PartBenchmark} is what all JMH benchmarks share;
 * {@link io.numclip.bench.FineTuningStep}, {@link io.numclip.bench.LossAndHead} and
 * {@link io.numclip.bench.CacheOpening} are programs that print one line.
 */
package io.numclip.bench;
