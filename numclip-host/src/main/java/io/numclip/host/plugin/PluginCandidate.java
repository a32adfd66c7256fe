package io.numclip.host.plugin;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/**
 * A plugin whose file and manifest are valid; none of its code has run.
 *
 * @param file as found
 * @param content what it holds
 */
public record PluginCandidate(Path file, String sha256, PluginContent content, PluginDescriptor descriptor) {

    public String id() {
        return descriptor.getPluginId();
    }

    public String version() {
        return descriptor.getVersion();
    }

    /** The plugin in messages: {@code plugin counting 1.0.0}. */
    String label() {
        return "plugin " + id() + " " + version();
    }

    /** The plugins that it cannot run without. */
    List<PluginDependency> needs() {
        return descriptor.getDependencies().stream()
                .filter(dependency -> !dependency.isOptional())
                .toList();
    }
}
