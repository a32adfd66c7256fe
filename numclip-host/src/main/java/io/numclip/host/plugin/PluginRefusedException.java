package io.numclip.host.plugin;

import java.nio.file.Path;

/** Stops the loading of one plugin; the host turns it into a {@link PluginRefusal}. */
final class PluginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String fix;

    PluginRefusedException(String reason, String fix) {
        super(reason);
        this.reason = reason;
        this.fix = fix;
    }

    String fix() {
        return fix;
    }

    /** @param pluginId empty if it is not known */
    PluginRefusal refusal(Path file, String pluginId) {
        return new PluginRefusal(file, pluginId, reason, fix);
    }
}
