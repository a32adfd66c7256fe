package io.numclip.spi;

import io.numclip.data.RefusedSettingException;
import java.util.List;

/**
 * Thrown when a configuration record rejects settings. It names them, so that the host can say where they are in the
 * user's file.
 */
public final class InvalidSettingException extends RefusedSettingException {

    private static final long serialVersionUID = 1L;

    /**
     * @param setting name of the record's component, such as {@code margin}
     * @param problem what was expected and found; follows the name, such as {@code must be above 0; found -1}
     */
    public InvalidSettingException(String setting, String problem) {
        super(setting, problem);
    }

    /**
     * @param settings names of components that contradict each other, at least one
     * @param problem follows their names, which are joined by {@code and}
     */
    public InvalidSettingException(List<String> settings, String problem) {
        super(settings, problem);
    }
}
