package io.numclip.host.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The method files that a plugin brings: {@code numclip/methods/NAME.yaml} among its own resources. */
final class PluginMethods {

    private static final Pattern FILE = Pattern.compile(LoadedPlugin.METHODS + "([a-z0-9]+(?:-[a-z0-9]+)*)\\.yaml");

    private static final String END = LoadedPlugin.METHODS + Character.MAX_VALUE;

    private PluginMethods() {}

    /** @throws PluginRefusedException if the program or another plugin has a method of the same name */
    static SortedMap<String, String> of(PluginCandidate plugin, Collection<LoadedPlugin> running) {
        SortedMap<String, String> methods = new TreeMap<>();
        plugin.content().own().subMap(LoadedPlugin.METHODS, END).forEach((file, text) -> {
            Matcher matcher = FILE.matcher(file);
            if (matcher.matches()) {
                String name = matcher.group(1);
                refuseTaken(name, file, running);
                methods.put(name, new String(text, StandardCharsets.UTF_8));
            }
        });
        return methods;
    }

    /** Whether a plugin brings methods and no code, so that it needs no index of extensions. */
    static boolean areAllOf(PluginCandidate plugin) {
        boolean brings = plugin.content().own().keySet().stream()
                .anyMatch(name -> FILE.matcher(name).matches());
        return brings && !plugin.content().hasClasses();
    }

    private static void refuseTaken(String name, String file, Collection<LoadedPlugin> running) {
        boolean isBuiltIn = PluginMethods.class.getResource("/" + file) != null;
        running.stream()
                .filter(other -> other.methods().containsKey(name))
                .map(LoadedPlugin::label)
                .findFirst()
                .or(() -> isBuiltIn ? Optional.of(Component.BUILT_IN) : Optional.empty())
                .ifPresent(origin -> {
                    throw new PluginRefusedException(
                            "brings the method \"" + name + "\", which already exists (" + origin + ")",
                            "give it another name: rename " + file);
                });
    }
}
