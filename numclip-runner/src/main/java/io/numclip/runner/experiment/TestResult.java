package io.numclip.runner.experiment;

import io.numclip.protocol.Leak;
import java.util.List;

/**
 * What a trained model came to on a split.
 *
 * @param leaks what stands in more than one split
 */
public record TestResult(Comparison comparison, List<View> views, List<Leak> leaks) {}
