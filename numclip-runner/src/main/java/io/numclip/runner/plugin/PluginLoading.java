package io.numclip.runner.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass over the plugins folder: each file ends as a running plugin or as a refusal. */
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
                refuse(plugin, "has the id of " + first.file().getFileName(), "remove one of the two files");
            }
        } catch (PluginRefusedException e) {
            refusals.add(new PluginRefusal(file, "", String.valueOf(e.getMessage()), e.fix()));
        }
    }

    private void refuseCircles() {
        Map<String, PluginCandidate> before = Map.copyOf(waiting);
        for (PluginCandidate plugin : before.values()) {
            PluginDependencies.circle(plugin, before).ifPresent(path -> {
                refuse(plugin, "needs itself: " + path, "drop one of these Plugin-Dependencies");
                waiting.remove(plugin.id());
            });
        }
    }

    private void start(PluginCandidate plugin) {
        try {
            PluginDependencies.refuseUnmet(plugin, running);
            List<Component> brought = starter.start(plugin, components);
            components.addAll(brought);
            running.add(new LoadedPlugin(
                    plugin.id(),
                    plugin.version(),
                    plugin.file(),
                    plugin.sha256(),
                    plugin.descriptor().getRequires(),
                    brought));
        } catch (PluginRefusedException e) {
            refuse(plugin, String.valueOf(e.getMessage()), e.fix());
        }
        waiting.remove(plugin.id());
    }

    private void refuse(PluginCandidate plugin, String cause, String fix) {
        refusals.add(new PluginRefusal(plugin.file(), plugin.id(), cause, fix));
    }
}
