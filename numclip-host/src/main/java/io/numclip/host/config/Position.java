package io.numclip.host.config;

/**
 * Where a setting was written.
 *
 * @param source a file name, or the option {@code --set} with its key
 * @param line from 1; 0 for an option
 * @param column from 1
 */
public record Position(String source, int line, int column) {

    /** A setting that is in no file, such as {@code --set a.b=c}. */
    public static Position option(String option) {
        return new Position(option, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
