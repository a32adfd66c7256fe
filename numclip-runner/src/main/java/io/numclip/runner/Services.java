package io.numclip.runner;

import io.numclip.runner.plugin.PluginCatalog;
import io.numclip.runner.plugin.PluginFolders;
import io.numclip.runner.plugin.PluginHost;
import java.util.function.Supplier;

/**
 * What every command has at hand.
 *
 * @param catalog loads the plugins when it is first asked
 */
public record Services(
        Console console, PluginFolders folders, Supplier<PluginHost> host, Supplier<PluginCatalog> catalog) {}
