package io.numclip.runner.compare;

import io.numclip.evaluation.Holm;
import io.numclip.evaluation.PairedComparison;
import java.util.LinkedHashMap;
import java.util.Map;

/** All methods of a table against one of them, with p values corrected for the number of these tests. */
final class Differences {

    /** @param pHolm the corrected p value */
    record Difference(PairedComparison paired, double pHolm) {}

    private final Map<MethodRow, Difference> differences = new LinkedHashMap<>();

    /** @param rows of the table; the reference and rows that share too few images with it get no difference */
    Differences(Iterable<MethodRow> rows, MethodRow reference) {
        Map<MethodRow, PairedComparison> paired = new LinkedHashMap<>();
        for (MethodRow row : rows) {
            if (!row.equals(reference)) {
                row.against(reference).ifPresent(comparison -> paired.put(row, comparison));
            }
        }
        double[] corrected = Holm.corrected(
                paired.values().stream().mapToDouble(PairedComparison::pValue).toArray());
        paired.forEach(
                (row, comparison) -> differences.put(row, new Difference(comparison, corrected[differences.size()])));
    }

    Map<MethodRow, Difference> all() {
        return differences;
    }
}
