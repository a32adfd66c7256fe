package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where plugins are stored, and how long they may take.
 *
 * @param plugins the drop-in folder, with {@code plugins.lock} in it
 * @param startLimit for the start of one plugin: a longer one is refused
 */
public record PluginFolders(Path plugins, Duration startLimit) {

    private static final String SECONDS = "numclip.plugins.startSeconds";
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(20);

    /** With the usual limit. */
    public PluginFolders(Path plugins) {
        this(plugins, USUAL_LIMIT);
    }

    /**
     * {@code numclip.plugins}, else {@code plugins} in the working directory; {@code numclip.plugins.startSeconds}, else
     * 20.
     */
    public static PluginFolders fromSystemProperties() {
        return new PluginFolders(Path.of(System.getProperty("numclip.plugins", "plugins")), startLimitOfProperty());
    }

    private static Duration startLimitOfProperty() {
        String seconds = System.getProperty(SECONDS);
        if (seconds == null) {
            return USUAL_LIMIT;
        }
        if (!seconds.matches("[1-9]\\d{0,4}")) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    SECONDS + ": expected a whole number from 1 to 99999; found \"" + seconds + "\"",
                    "write -D" + SECONDS + "=60 into JAVA_OPTS, for example");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    public Path lockFile() {
        return plugins.resolve("plugins.lock");
    }
}
