package io.numclip.host.plugin;

import io.numclip.spi.SpiVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginStatusProvider;

/**
 * PF4J with our class loading, descriptors and object creation. It only gets plugins that passed all checks, one at a
 * time, each after the plugins that it needs, so that one that fails cannot stop another. It reads no file: a path only
 * names a plugin for it.
 */
final class NumClipPluginManager extends DefaultPluginManager {

    private final Map<Path, PluginCandidate> candidates = new ConcurrentHashMap<>();

    NumClipPluginManager() {
        super(List.of(Path.of("")));
        setSystemVersion(SpiVersion.CURRENT);
        setExactVersionAllowed(true);
    }

    /** Makes its class loader; none of its code runs yet. */
    void load(PluginCandidate plugin) {
        Path name = Path.of(plugin.sha256());
        candidates.put(name, plugin);
        loadPluginFromPath(name);
        resolvePlugins();
    }

    /** The label of the loaded plugin that has this class. */
    Optional<String> bringing(String className) {
        return getPlugins().stream()
                .map(plugin -> candidate(plugin.getPluginPath()))
                .filter(plugin -> plugin.content().hasClass(className))
                .map(PluginCandidate::label)
                .findFirst();
    }

    /** The factory with which PF4J creates extensions; each plugin's injector is registered with it. */
    InjectorExtensionFactory injectors() {
        return (InjectorExtensionFactory) getExtensionFactory();
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new InjectorExtensionFactory();
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return new StrictPluginFactory();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path name) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path name) {
                return candidate(name).descriptor();
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path name) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path name, PluginDescriptor descriptor) {
                return new NumClipPluginClassLoader(
                        NumClipPluginManager.this, descriptor, candidate(name).content());
            }
        };
    }

    /** The trust list alone says what runs; PF4J's lists of plugins that are on or off do not exist. */
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String id) {
                return false;
            }

            @Override
            public void disablePlugin(String id) {}

            @Override
            public void enablePlugin(String id) {}
        };
    }

    private PluginCandidate candidate(Path name) {
        return Objects.requireNonNull(candidates.get(name), name.toString());
    }
}
