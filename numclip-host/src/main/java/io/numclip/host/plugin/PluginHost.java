package io.numclip.host.plugin;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.storage.OneLine;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Loads the built-in components and those of the plugins. A plugin file is read once and hashed ({@link PluginFile});
 * its hash is looked up ({@link TrustList}); it is read into memory within limits ({@link PluginReader}); its manifest
 * ({@link DescriptorRules}) and its dependencies ({@link PluginDependencies}) are checked; only then does its code run
 * ({@link PluginStarter}).
 */
public final class PluginHost {

    private final PluginFolders folders;
    private final PluginGate gate;
    private final NumClipPluginManager manager = new NumClipPluginManager();
    private final PluginStarter starter;

    @Inject
    PluginHost(PluginFolders folders, Injector injector) {
        this.folders = folders;
        this.gate = new PluginGate();
        this.starter = new PluginStarter(manager, injector, new StartLimit(folders.startLimit()));
    }

    /** A host that has not loaded any plugin yet. */
    public static PluginHost of(PluginFolders folders) {
        return Guice.createInjector(new HostModule(folders)).getInstance(PluginHost.class);
    }

    /** Loads everything, once; a plugin that fails is a refusal in the catalog, never an exception. */
    public PluginCatalog load() {
        PluginFolder folder = PluginFolder.scan(folders.plugins());
        return new PluginLoading(starter).load(folder, gate, TrustList.read(folders.lockFile()));
    }

    /** The plugin that brings a class, also while it starts: {@code plugin counting 1.0.0}. */
    public Optional<String> pluginWith(String className) {
        return manager.bringing(className);
    }

    /**
     * Adds a file to the trust list, after all checks that do not run its code. It is loaded from the next start on.
     *
     * @param plugin a path, or the name or the Plugin-Id of a file in the plugins folder
     * @throws NumClipException if there is no such file, or if it would be refused anyway
     */
    public PluginCandidate trust(String plugin) {
        return trust(new PluginNames(folders, gate).file(plugin));
    }

    /** The same for a file. */
    public PluginCandidate trust(Path file) {
        if (!Files.exists(file)) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING, "there is no file " + file, "name a jar or zip in plugins/");
        }
        try {
            PluginCandidate plugin = gate.inspect(file);
            DescriptorRules.checkVersions(plugin.descriptor());
            change(before -> before.withUser(plugin.sha256(), String.valueOf(file.getFileName())));
            return plugin;
        } catch (PluginRefusedException e) {
            throw refused(file, e);
        }
    }

    /** Whether the folder that plugins are loaded from has this file. */
    public boolean isInFolder(Path file) {
        return folders.plugins()
                .toAbsolutePath()
                .normalize()
                .equals(file.toAbsolutePath().normalize().getParent());
    }

    /**
     * Takes a file off the trust list; it does not run from the next start on. A file that is there no longer is known by
     * its name.
     *
     * @param plugin as for {@link #trust(String)}
     * @return what was taken off the list
     * @throws NumClipException if it is not on the list
     */
    public List<TrustList.Entry> untrust(String plugin) {
        List<TrustList.Entry> taken = new ArrayList<>();
        change(before -> {
            taken.addAll(before.byFile(plugin)
                    .map(List::of)
                    .orElseGet(() -> before.entriesOf(sha256(new PluginNames(folders, gate).file(plugin)))));
            return before.without(taken);
        });
        if (taken.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    plugin + " is not trusted, so there is nothing to take back",
                    "'" + Invocation.NAME + " plugins list' shows what runs; " + folders.lockFile() + " is the list");
        }
        return taken;
    }

    private static NumClipException refused(Path file, PluginRefusedException reason) {
        String message = OneLine.printable(file.toString()) + " " + reason.getMessage();
        return new NumClipException(NumClipException.Kind.DATA, message, reason.fix(), reason);
    }

    private static String sha256(Path file) {
        try {
            return PluginFile.read(file).sha256();
        } catch (IOException e) {
            throw new NumClipException(
                    NumClipException.Kind.IO, file + " cannot be read: " + e.getMessage(), "check its permissions", e);
        } catch (PluginRefusedException e) {
            throw refused(file, e);
        }
    }

    private void change(UnaryOperator<TrustList> change) {
        try {
            TrustList.change(folders.lockFile(), change);
        } catch (IOException e) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    folders.lockFile() + " cannot be written: " + e.getMessage(),
                    "check permissions and free space of the plugins folder",
                    e);
        }
    }
}
