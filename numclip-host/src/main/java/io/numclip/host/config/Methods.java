package io.numclip.host.config;

import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.LoadedPlugin;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The methods that a configuration can name: those of the program, {@code numclip/methods/NAME.yaml} in the order of
 * {@code index.txt}, then those of the plugins.
 */
public final class Methods {

    private final List<LoadedPlugin> plugins;

    public Methods(PluginCatalog catalog) {
        this.plugins = catalog.plugins();
    }

    /** The methods of the program alone. */
    public static List<String> builtIn() {
        return resource("index.txt").orElseThrow().lines().toList();
    }

    public List<String> names() {
        return Stream.concat(builtIn().stream(), plugins.stream().flatMap(plugin -> plugin.methods().keySet().stream()))
                .toList();
    }

    public List<MethodFile> all() {
        return names().stream().map(name -> find(name).orElseThrow()).toList();
    }

    Optional<MethodFile> find(String name) {
        if (builtIn().contains(name)) {
            return resource(name + ".yaml").map(text -> parse(name, text, "", Component.BUILT_IN));
        }
        return plugins.stream()
                .filter(plugin -> plugin.methods().containsKey(name))
                .map(plugin -> parse(name, plugin.methods().get(name), plugin.label() + ": ", plugin.label()))
                .findFirst();
    }

    private static MethodFile parse(String name, String text, String where, String origin) {
        String file = where + LoadedPlugin.METHODS + name + ".yaml";
        return new MethodFile(name, YamlReader.parse(file, text), origin);
    }

    private static Optional<String> resource(String name) {
        try (InputStream stream = Methods.class.getResourceAsStream("/" + LoadedPlugin.METHODS + name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
