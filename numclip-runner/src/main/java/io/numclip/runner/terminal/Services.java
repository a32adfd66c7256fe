package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFault;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every command can use. Plugins are loaded when they are first needed; a short start-up needs none. */
public final class Services {

    private final Console console;
    private final PluginFolders folders;
    private final Class<?> program;
    private final Ending ending = new Ending();
    private @Nullable PluginHost host;
    private @Nullable PluginCatalog catalog;

    public Services(Console console, PluginFolders folders) {
        this(console, folders, Services.class);
    }

    /** @param program has the {@code main} of this process */
    public Services(Console console, PluginFolders folders, Class<?> program) {
        this.console = console;
        this.folders = folders;
        this.program = program;
    }

    /** Services with a catalog that is already loaded. */
    public Services(Console console, PluginFolders folders, PluginCatalog catalog) {
        this(console, folders);
        this.catalog = catalog;
    }

    /** How this process was started, without its arguments. */
    public List<String> program() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return command;
    }

    public Console console() {
        return console;
    }

    /** What a signal means for the command. */
    public Ending ending() {
        return ending;
    }

    public PluginHost host() {
        PluginHost known = host == null ? PluginHost.of(folders) : host;
        host = known;
        return known;
    }

    /** The plugin that brings a class, also while it starts: {@code plugin counting 1.0.0}. */
    public Optional<String> pluginWith(String className) {
        return Optional.ofNullable(host).flatMap(loaded -> loaded.pluginWith(className));
    }

    /** Everything that can be chosen by name. */
    public PluginCatalog catalog() {
        PluginCatalog known = catalog == null ? host().load() : catalog;
        catalog = known;
        return known;
    }

    /** Reports failures, those of plugins by name, without stack traces. */
    public CommandFailures failures() {
        return new CommandFailures(console, () -> false, this::explained);
    }

    /** A failure in the words of its plugin where one is to blame. */
    public Throwable explained(Throwable failure) {
        return new PluginFault(catalog == null ? List.of() : catalog.components()).explained(failure);
    }
}
