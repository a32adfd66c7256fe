package io.numclip.runner.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin that runs.
 *
 * @param file in the plugins folder
 * @param requires the range of SPI versions that it accepts, such as {@code >=1.0.0 & <2.0.0}; {@code *} is any
 * @param components what it brings, at least one
 */
public record LoadedPlugin(
        String id, String version, Path file, String sha256, String requires, List<Component> components) {

    public LoadedPlugin {
        components = List.copyOf(components);
    }
}
