package io.numclip.host.plugin;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.numclip.data.NumClipException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the built-in components and those of the plugins. A plugin file is read once and hashed ({@link PluginFile});
 * its hash is looked up ({@link TrustList}); it is read into memory within limits ({@link PluginReader}); its manifest
 * ({@link DescriptorRules}) and its dependencies ({@link PluginDependencies}) are checked; only then does its code run
 * ({@link PluginStarter}).
 */
public final class PluginHost {

    private final PluginFolders folders;
    private final PluginGate gate;
    private final PluginStarter starter;

    @Inject
    PluginHost(PluginFolders folders, Injector injector) {
        this.folders = folders;
        this.gate = new PluginGate();
        this.starter = new PluginStarter(new NumClipPluginManager(), injector, new StartLimit(folders.startLimit()));
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

    /**
     * Adds a file to the trust list, after all checks that do not run its code. It is loaded from the next start on.
     *
     * @throws NumClipException if there is no such file, or if it would be refused anyway
     */
    public PluginCandidate trust(Path file) {
        if (!Files.exists(file)) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING, "there is no file " + file, "name a jar or zip in plugins/");
        }
        try {
            PluginCandidate plugin = gate.inspect(file);
            DescriptorRules.checkVersions(plugin.descriptor());
            TrustList.read(folders.lockFile())
                    .withUser(plugin.sha256(), String.valueOf(file.getFileName()))
                    .write(folders.lockFile());
            return plugin;
        } catch (PluginRefusedException e) {
            throw new NumClipException(NumClipException.Kind.DATA, file + " " + e.getMessage(), e.fix(), e);
        } catch (IOException e) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    folders.lockFile() + " cannot be written: " + e.getMessage(),
                    "check permissions and free space of the plugins folder",
                    e);
        }
    }
}
