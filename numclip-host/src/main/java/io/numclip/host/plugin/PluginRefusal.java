package io.numclip.host.plugin;

import io.numclip.storage.OneLine;
import java.nio.file.Path;

/**
 * A plugin file that does not run, and why. It does not stop other plugins.
 *
 * @param pluginId empty if it is not known, as for a file that is not trusted
 * @param cause follows the file's name: {@code needs SPI >=2.0.0; this is 1.0.0}
 * @param fix one sentence: what to do about it
 */
public record PluginRefusal(Path file, String pluginId, String cause, String fix) {

    /** The file, and why it is refused. */
    String problem() {
        String id = pluginId.isEmpty() ? "" : " (plugin " + pluginId + ")";
        return OneLine.printable(String.valueOf(file.getFileName())) + id + ": " + cause;
    }

    /** The refusal for users: the file, the reason, and the fix on a line of its own. */
    @Override
    public String toString() {
        return problem() + System.lineSeparator() + "  fix: " + fix;
    }
}
