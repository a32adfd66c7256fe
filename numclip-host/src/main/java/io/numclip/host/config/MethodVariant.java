package io.numclip.host.config;

/**
 * A method as a comparison names it.
 *
 * @param name unique in the comparison
 * @param base the method that it is or that it changes
 * @param settings its changes to that method
 */
public record MethodVariant(String name, String base, ConfigNode.Mapping settings) {

    boolean isPlain() {
        return name.equals(base);
    }
}
