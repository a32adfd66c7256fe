package io.numclip.host.plugin;

import io.numclip.spi.SpiVersion;
import java.nio.file.Path;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;

/**
 * PF4J with our class loading, descriptors and object creation. It only gets unpacked plugins that passed all checks,
 * one at a time, each after the plugins that it needs, so that one that fails cannot stop another.
 */
final class NumClipPluginManager extends DefaultPluginManager {

    NumClipPluginManager(Path root) {
        super(root);
        setSystemVersion(SpiVersion.CURRENT);
        setExactVersionAllowed(true);
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
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new UnpackedDescriptorFinder();
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return new StrictPluginFactory();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new DefaultPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
                return new NumClipPluginClassLoader(NumClipPluginManager.this, descriptor);
            }
        };
    }
}
