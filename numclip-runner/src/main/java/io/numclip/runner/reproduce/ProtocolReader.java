package io.numclip.runner.reproduce;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.config.RecordBinder;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds published protocols. The resource {@code numclip/<task>.protocols.txt} of a task names them, a line for each.
 */
final class ProtocolReader {

    private final PluginCatalog catalog;

    ProtocolReader(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** All protocols by name. */
    Map<String, PublishedProtocol> all() {
        Map<String, PublishedProtocol> all = new LinkedHashMap<>();
        catalog.components(ComponentKind.TASK)
                .forEach(task -> names(task).forEach(name -> all.put(name, read(task, name))));
        return all;
    }

    /** @throws NumClipException if there is none of this name */
    PublishedProtocol read(String name) {
        return catalog.components(ComponentKind.TASK).stream()
                .filter(task -> names(task).contains(name))
                .findFirst()
                .map(task -> read(task, name))
                .orElseThrow(() -> unknown(name));
    }

    private static List<String> names(Component task) {
        return task.resource("numclip/" + task.type() + ".protocols.txt")
                .map(text -> text.lines().toList())
                .orElse(List.of());
    }

    private PublishedProtocol read(Component task, String name) {
        String resource = "numclip/protocols/" + name + ".yaml";
        return RecordBinder.read(
                catalog,
                PublishedProtocol.class,
                YamlReader.parse(resource, task.resource(resource).orElse("")));
    }

    private NumClipException unknown(String name) {
        List<String> known = catalog.components(ComponentKind.TASK).stream()
                .flatMap(task -> names(task).stream())
                .toList();
        return new NumClipException(
                Kind.USAGE,
                "there is no published protocol '" + name + "'" + NearestName.question(name, known),
                known.isEmpty()
                        ? "put the plugins of the tasks into plugins/; 'numclip plugins list' shows them"
                        : "choose from " + String.join(", ", known));
    }
}
