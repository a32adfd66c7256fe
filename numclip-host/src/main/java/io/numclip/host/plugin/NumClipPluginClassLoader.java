package io.numclip.host.plugin;

import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Looks in the plugin first, except for published packages, which always come from the host; the rest of it is closed.
 */
final class NumClipPluginClassLoader extends PluginClassLoader {

    private final PublishedClassLoader published;
    private final String plugin;

    NumClipPluginClassLoader(PluginManager manager, PluginDescriptor descriptor) {
        this(manager, descriptor, new PublishedClassLoader(NumClipPluginClassLoader.class.getClassLoader()));
    }

    private NumClipPluginClassLoader(
            PluginManager manager, PluginDescriptor descriptor, PublishedClassLoader published) {
        super(manager, descriptor, published);
        this.published = published;
        this.plugin = descriptor.getPluginId();
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return SharedPackages.isPublished(className);
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        try {
            return super.loadClass(name);
        } catch (ClassNotFoundException absent) {
            throw published.refusal(plugin, name, absent);
        }
    }
}
