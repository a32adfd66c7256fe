package io.numclip.host.plugin;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.PluginDependency;

/** Dependencies between plugins. PF4J rejects all plugins for one bad dependency, so they are checked before. */
final class PluginDependencies {

    private static final String ARROW = " → ";

    private PluginDependencies() {}

    /** @return whether no plugin that it needs is still waiting */
    static boolean areSettled(PluginCandidate plugin, Map<String, PluginCandidate> waiting) {
        return plugin.needs().stream().map(PluginDependency::getPluginId).noneMatch(waiting::containsKey);
    }

    /** @return the cycle that a plugin is part of: {@code a → b → a} */
    static Optional<String> circle(PluginCandidate plugin, Map<String, PluginCandidate> waiting) {
        return path(plugin, plugin.id(), waiting, new HashSet<>()).map(path -> plugin.id() + path);
    }

    private static Optional<String> path(
            PluginCandidate from, String goal, Map<String, PluginCandidate> waiting, Set<String> seen) {
        for (PluginDependency need : from.needs()) {
            String id = need.getPluginId();
            if (id.equals(goal)) {
                return Optional.of(ARROW + id);
            }
            PluginCandidate next = waiting.get(id);
            if (next != null && seen.add(id)) {
                Optional<String> rest = path(next, goal, waiting, seen);
                if (rest.isPresent()) {
                    return rest.map(path -> ARROW + id + path);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * @param running plugins that may be needed
     * @throws PluginRefusedException if a plugin that it needs does not run, or runs in a version that does not fit
     */
    static void refuseUnmet(PluginCandidate plugin, Collection<LoadedPlugin> running) {
        for (PluginDependency need : plugin.needs()) {
            LoadedPlugin found = running.stream()
                    .filter(candidate -> candidate.id().equals(need.getPluginId()))
                    .findFirst()
                    .orElseThrow(() -> unmet(need, ", which does not run"));
            if (!DescriptorRules.accepts(need.getPluginVersionSupport(), found.version(), "Plugin-Dependencies")) {
                throw unmet(need, " " + need.getPluginVersionSupport() + "; found " + found.version());
            }
        }
    }

    private static PluginRefusedException unmet(PluginDependency need, String problem) {
        return new PluginRefusedException(
                "needs plugin " + need.getPluginId() + problem,
                "put plugin " + need.getPluginId() + " into plugins/ in a version that fits, and trust it");
    }
}
