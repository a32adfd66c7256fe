package io.numclip.host.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path the setting, dotted; empty for the file as a whole
 * @param hint a second line that helps, such as the known names; may be empty
 */
public record ConfigProblem(Position position, String path, String message, String hint) {

    @Override
    public String toString() {
        String what = path.isEmpty() ? message : path + ": " + message;
        return position + "  " + what + (hint.isEmpty() ? "" : "\n" + hint);
    }
}
