package io.numclip.host.plugin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running plugin.
 *
 * @param file in the plugins folder
 * @param requires the range of SPI versions that it accepts, such as {@code >=1.0.0 & <2.0.0}; {@code *} is any
 * @param components what it provides; none where it brings methods alone
 * @param methods the texts of its method files, by the method's name
 */
public record LoadedPlugin(
        String id,
        String version,
        Path file,
        String sha256,
        String requires,
        List<Component> components,
        SortedMap<String, String> methods) {

    /** The folder of method files, in a plugin and in the program. */
    public static final String METHODS = "numclip/methods/";

    public LoadedPlugin {
        components = List.copyOf(components);
        methods = Collections.unmodifiableSortedMap(methods);
    }

    /** The plugin in messages: {@code plugin counting 1.0.0}. */
    public String label() {
        return "plugin " + id + " " + version;
    }

    /** One line: id, version, file and components. */
    public String describe() {
        String brought = Stream.concat(
                        components.stream().map(component -> component.kind().singular() + " " + component.type()),
                        methods.keySet().stream().map(method -> "method " + method))
                .collect(Collectors.joining(", "));
        return id + " " + version + "  (" + file.getFileName() + ")  " + brought;
    }
}
