package io.numclip.host.result;

import io.numclip.protocol.Leak;
import io.numclip.uncertainty.coverage.CoverageReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figures of a trained model on a split.
 *
 * @param ordinality of the prototypes; empty for a model without words
 * @param coverage how well the intervals hold; empty if the model is not calibrated, or the split is not the test split
 * @param verdict what the images have shown
 * @param leaks images and groups that are in more than one split
 */
public record TestResult(
        Comparison comparison,
        List<Parts> parts,
        OptionalDouble ordinality,
        Optional<CoverageReport> coverage,
        List<Finding> verdict,
        List<Leak> leaks) {}
