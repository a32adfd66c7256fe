package io.numclip.host.plugin;

import io.numclip.storage.Limit;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where plugins are stored, and how long they may take.
 *
 * @param plugins the drop-in folder, with {@value #LOCK} in it
 * @param fixedStartLimit for the start of one plugin; null: {@link Limit#PLUGIN_START_SECONDS}, when it is asked for
 */
public record PluginFolders(Path plugins, @Nullable Duration fixedStartLimit) {

    static final String LOCK = "plugins.lock";

    public PluginFolders(Path plugins) {
        this(plugins, null);
    }

    /** {@code numclip.plugins}, else {@code plugins} in the working directory. */
    public static PluginFolders fromSystemProperties() {
        return new PluginFolders(Path.of(System.getProperty("numclip.plugins", "plugins")));
    }

    /** A plugin that takes longer to start is refused. */
    Duration startLimit() {
        return fixedStartLimit == null ? Duration.ofSeconds(Limit.PLUGIN_START_SECONDS.value()) : fixedStartLimit;
    }

    public Path lockFile() {
        return plugins.resolve(LOCK);
    }
}
