package io.numclip.host.config;

/**
 * How numbers are predicted: a named set of settings, applied just below the layer that names it.
 *
 * @param name the file {@code numclip/methods/NAME.yaml} that holds the settings
 * @param title name of the trained model in tables
 * @param source who published it, and where
 */
public record Method(String name, String title, String source) {

    /** The method of a run that names none. */
    public static final String DEFAULT = "numclip";

    public Method {
        if (name.isBlank() || title.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a method needs a name, a title and a source; found '" + name + "', '"
                    + title + "' and '" + source + "'");
        }
    }
}
