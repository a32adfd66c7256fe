package io.numclip.host.plugin;

import static java.util.stream.Collectors.joining;

import io.numclip.data.Invocation;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import java.util.Comparator;
import java.util.List;

/**
 * All components that can be chosen by name, built in and from running plugins, and the plugins that were refused.
 *
 * @param components sorted by kind, then by type
 * @param plugins sorted by file
 * @param refusals sorted by file
 * @param notices remarks about the plugins folder that are not errors
 */
public record PluginCatalog(
        List<Component> components, List<LoadedPlugin> plugins, List<PluginRefusal> refusals, List<String> notices) {

    /** The folder of plugins for an application that opens models itself. */
    public static final String IN_JAVA =
            "in Java, plugins/ is the folder that -Dnumclip.plugins names, or that of the catalog that open takes";

    private static final String CHOOSE =
            "name one of these, or put the plugin that provides it into plugins/; " + IN_JAVA;
    private static final String WHY =
            CHOOSE + "; '" + Invocation.NAME + " plugins list' says what to do about the refused";

    public PluginCatalog {
        components = components.stream()
                .sorted(Comparator.comparing(Component::kind).thenComparing(Component::type))
                .toList();
        plugins = plugins.stream()
                .sorted(Comparator.comparing(LoadedPlugin::file))
                .toList();
        refusals = refusals.stream()
                .sorted(Comparator.comparing(PluginRefusal::file))
                .toList();
        notices = List.copyOf(notices);
    }

    public List<Component> components(ComponentKind kind) {
        return components.stream().filter(component -> component.kind() == kind).toList();
    }

    /**
     * The component that a user names.
     *
     * @throws NumClipException if there is none; the message has the nearest name and all known names. It is UNAVAILABLE
     *     where no name is near and plugins were refused, one of which may bring it, else CONFIGURATION
     */
    public Component component(ComponentKind kind, String type) {
        return components(kind).stream()
                .filter(component -> component.type().equals(type))
                .findFirst()
                .orElseThrow(() -> unknown(kind, type));
    }

    private NumClipException unknown(ComponentKind kind, String type) {
        List<Component> known = components(kind);
        String suggestion = NearestName.of(
                        type, known.stream().map(Component::type).toList())
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse("");
        String names = known.stream()
                .map(component -> component.type() + " (" + component.origin() + ")")
                .collect(joining(", "));
        String message = "there is no " + kind.singular() + " \"" + type + "\"." + suggestion + "\nKnown "
                + kind.plural() + ": " + (names.isEmpty() ? "none" : names) + ".";
        return suggestion.isEmpty() && !refusals.isEmpty()
                ? new NumClipException(NumClipException.Kind.UNAVAILABLE, message + refused(), WHY)
                : new NumClipException(NumClipException.Kind.CONFIGURATION, message, CHOOSE);
    }

    private String refused() {
        return refusals.stream()
                .map(refusal -> "\nRefused plugin: " + refusal.problem())
                .collect(joining());
    }
}
