package io.numclip.host.run;

import io.numclip.protocol.Leak;
import io.numclip.uncertainty.CoverageReport;
import java.util.List;
import java.util.Optional;

/**
 * What a trained model came to on a split.
 *
 * @param ordinality of the prototypes
 * @param coverage whether the model is as sure as it should be; empty where it is not calibrated, or the split is not the
 *     test
 * @param leaks what stands in more than one split
 */
public record TestResult(
        Comparison comparison,
        List<Parts> parts,
        double ordinality,
        Optional<CoverageReport> coverage,
        List<Leak> leaks) {}
