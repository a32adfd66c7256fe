package io.numclip.host.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One pass over the plugins folder: each file becomes a running plugin or a refusal. */
final class PluginLoading {

    private final PluginStarter starter;
    private final List<Component> components;
    private final List<LoadedPlugin> running = new ArrayList<>();
    private final List<PluginRefusal> refusals = new ArrayList<>();
    private final Map<String, PluginCandidate> waiting = new LinkedHashMap<>();

    PluginLoading(PluginStarter starter) {
        this.starter = starter;
        this.components = new ArrayList<>(starter.builtIns());
    }

    PluginCatalog load(PluginFolder folder, PluginGate gate, TrustList trustList) {
        folder.files().forEach(file -> admit(file, gate, trustList));
        while (!waiting.isEmpty()) {
            List<PluginCandidate> ready = waiting.values().stream()
                    .filter(plugin -> PluginDependencies.areSettled(plugin, waiting))
                    .toList();
            if (ready.isEmpty()) {
                refuseCircles();
            }
            ready.forEach(this::start);
        }
        return new PluginCatalog(components, running, refusals, folder.notices());
    }

    private void admit(Path file, PluginGate gate, TrustList trustList) {
        try {
            PluginCandidate plugin = gate.admit(file, trustList);
            PluginCandidate first = waiting.putIfAbsent(plugin.id(), plugin);
            if (first != null) {
                refusals.add(sameId(first).refusal(file, plugin.id()));
            }
        } catch (PluginRefusedException e) {
            refusals.add(e.refusal(file, ""));
        }
    }

    private void refuseCircles() {
        Map<String, PluginCandidate> before = Map.copyOf(waiting);
        for (PluginCandidate plugin : before.values()) {
            PluginDependencies.circle(plugin, before).ifPresent(path -> {
                refusals.add(needsItself(path).refusal(plugin.file(), plugin.id()));
                waiting.remove(plugin.id());
            });
        }
    }

    private void start(PluginCandidate plugin) {
        try {
            DescriptorRules.checkVersions(plugin.descriptor());
            PluginDependencies.refuseUnmet(plugin, running);
            SortedMap<String, String> methods = PluginMethods.of(plugin, running);
            List<Component> brought = starter.start(plugin, components);
            components.addAll(brought);
            running.add(new LoadedPlugin(
                    plugin.id(),
                    plugin.version(),
                    plugin.file(),
                    plugin.sha256(),
                    plugin.descriptor().getRequires(),
                    brought,
                    methods));
        } catch (PluginRefusedException e) {
            refusals.add(e.refusal(plugin.file(), plugin.id()));
        }
        waiting.remove(plugin.id());
    }

    private static PluginRefusedException sameId(PluginCandidate first) {
        return new PluginRefusedException(
                "has the same Plugin-Id as " + first.file().getFileName(), "remove one of the two files");
    }

    private static PluginRefusedException needsItself(String circle) {
        return new PluginRefusedException("needs itself: " + circle, "drop one of these Plugin-Dependencies");
    }
}
