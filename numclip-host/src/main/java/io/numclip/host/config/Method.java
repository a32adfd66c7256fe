package io.numclip.host.config;

/**
 * How numbers are learnt: a set of settings with a name, laid right under what names it.
 *
 * @param name the file {@code numclip/methods/NAME.yaml} that holds the settings
 * @param title names the trained model in tables
 * @param source who published it, and where
 */
public record Method(String name, String title, String source) {

    /** What a run does where no method is named. */
    public static final String DEFAULT = "numclip";

    public Method {
        if (name.isBlank() || title.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a method needs a name, a title and a source; found '" + name + "', '"
                    + title + "' and '" + source + "'");
        }
    }
}
