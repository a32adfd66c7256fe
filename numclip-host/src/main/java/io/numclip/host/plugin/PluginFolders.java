package io.numclip.host.plugin;

import java.nio.file.Path;

/**
 * Where plugins are stored.
 *
 * @param plugins the drop-in folder, with {@code plugins.lock} in it
 * @param cache checked copies, one folder per SHA-256; plugins are loaded from here
 */
public record PluginFolders(Path plugins, Path cache) {

    /**
     * {@code numclip.plugins}, else {@code plugins} in the working directory; {@code numclip.cache}, else
     * {@code ~/.cache/numclip}.
     */
    public static PluginFolders fromSystemProperties() {
        String home = System.getProperty("user.home", ".");
        String cache = System.getProperty(
                "numclip.cache", Path.of(home, ".cache", "numclip").toString());
        return new PluginFolders(
                Path.of(System.getProperty("numclip.plugins", "plugins")),
                Path.of(cache).resolve("plugins"));
    }

    public Path lockFile() {
        return plugins.resolve("plugins.lock");
    }
}
