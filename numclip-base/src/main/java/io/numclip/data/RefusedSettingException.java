package io.numclip.data;

import java.util.List;

/** Thrown when a record rejects settings. It names them, so that they can be found in a user's file. */
public class RefusedSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> settings;

    /**
     * @param setting name of the record's component, such as {@code margin}
     * @param problem what was expected and found; follows the name, such as {@code must be above 0; found -1}
     */
    public RefusedSettingException(String setting, String problem) {
        this(List.of(setting), problem);
    }

    /**
     * @param settings names of components that contradict each other, at least one
     * @param problem follows their names, which are joined by {@code and}
     */
    public RefusedSettingException(List<String> settings, String problem) {
        super(String.join(" and ", settings) + " " + problem);
        this.settings = List.copyOf(settings);
    }

    /** At least one. */
    public List<String> settings() {
        return settings;
    }
}
