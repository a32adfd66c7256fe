package io.numclip.host.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A running plugin.
 *
 * @param file in the plugins folder
 * @param requires the range of SPI versions that it accepts, such as {@code >=1.0.0 & <2.0.0}; {@code *} is any
 * @param components what it provides, at least one
 */
public record LoadedPlugin(
        String id, String version, Path file, String sha256, String requires, List<Component> components) {

    public LoadedPlugin {
        components = List.copyOf(components);
    }

    /** One line: id, version, file and components. */
    public String describe() {
        String brought = components.stream()
                .map(component -> component.kind().singular() + " " + component.type())
                .collect(Collectors.joining(", "));
        return id + " " + version + "  (" + file.getFileName() + ")  " + brought;
    }
}
