package io.numclip.host.plugin;

import java.util.List;
import java.util.regex.Pattern;

/** Looks for classes in packages that belong to the host; a copy of them in a plugin can only do harm. */
final class ReservedClasses {

    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/\\d+/");

    private ReservedClasses() {}

    private static String plain(String name) {
        return name.startsWith("META-INF/") ? VERSIONED.matcher(name).replaceFirst("") : name;
    }

    static void refuseIn(PluginContent plugin) {
        List<String> found = plugin.places().stream()
                .flatMap(place -> place.entries().keySet().stream())
                .filter(name -> name.endsWith(".class"))
                .map(ReservedClasses::plain)
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .filter(SharedPackages::isReserved)
                .toList();
        if (!found.isEmpty()) {
            throw new PluginRefusedException(
                    "contains " + found.size() + (found.size() == 1 ? " class" : " classes")
                            + " of packages that belong to the host, such as " + found.get(0),
                    "leave them out: depend on numclip-core with scope provided, and keep your classes in packages of"
                            + " your own");
        }
    }
}
