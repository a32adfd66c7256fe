package io.numclip.host.run;

import java.util.Map;

/**
 * The test images in parts, each with its own figures.
 *
 * @param name {@link #LONG_TAIL}, {@link #BIN}, or an attribute of the images such as {@code subject}
 * @param parts by name, in order; a part without images has no entry
 */
public record Parts(String name, Map<String, Comparison> parts) {

    /** By how many training images a label has: many, medium, few. */
    public static final String LONG_TAIL = "long-tail";

    /** By the bin that holds the label. */
    public static final String BIN = "bin";
}
