package io.numclip.host.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The test images in parts, each with its own figures.
 *
 * @param name {@link #LONG_TAIL}, {@link #BIN}, or an attribute of the images such as {@code subject}
 * @param parts by name, in order; a part without images has no entry
 * @param trained more of the trained model, by the same names; empty in a run of before this was measured
 */
public record Parts(String name, Map<String, Comparison> parts, Map<String, PartFigures> trained) {

    /** The same parts for images that were used for the calibration: on these, coverage says nothing. */
    public Parts withoutCoverage() {
        Map<String, PartFigures> bare = new LinkedHashMap<>();
        trained.forEach(
                (part, figures) -> bare.put(part, new PartFigures(figures.bias(), figures.biasInterval(), null)));
        return new Parts(name, parts, bare);
    }

    /** The parts by how many training images a label has: many, medium, few. */
    public static final String LONG_TAIL = "long-tail";

    /** The parts by the bin that holds the label. */
    public static final String BIN = "bin";
}
