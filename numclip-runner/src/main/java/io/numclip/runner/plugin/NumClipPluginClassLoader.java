package io.numclip.runner.plugin;

import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** Plugin first, save for the shared packages, which always come from the host. */
final class NumClipPluginClassLoader extends PluginClassLoader {

    NumClipPluginClassLoader(PluginManager manager, PluginDescriptor descriptor) {
        super(manager, descriptor, NumClipPluginClassLoader.class.getClassLoader());
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return SharedPackages.isFromHost(className);
    }

    /** The extension index is the plugin's own: PF4J would read the host's where a plugin has none. */
    @Override
    public @Nullable URL getResource(String name) {
        return name.equals(IndexedExtensionFinder.EXTENSIONS_RESOURCE) ? findResource(name) : super.getResource(name);
    }
}
