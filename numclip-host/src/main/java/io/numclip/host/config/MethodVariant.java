package io.numclip.host.config;

/**
 * A method as a comparison names it.
 *
 * @param name tells it from the others of the comparison
 * @param base the method it is, or begins as
 * @param settings what it changes in that
 */
public record MethodVariant(String name, String base, ConfigNode.Mapping settings) {

    boolean isPlain() {
        return name.equals(base);
    }
}
