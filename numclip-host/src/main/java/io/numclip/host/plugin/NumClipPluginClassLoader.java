package io.numclip.host.plugin;

import io.numclip.storage.CodePlace;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Loads classes from a plugin's content in memory. Looks in the plugin first, except for published packages, which always
 * come from the host; the rest of it is closed.
 */
final class NumClipPluginClassLoader extends PluginClassLoader implements CodePlace.Holder {

    private final PublishedClassLoader published;
    private final String plugin;
    private final String version;
    private final PluginContent content;

    NumClipPluginClassLoader(PluginManager manager, PluginDescriptor descriptor, PluginContent content) {
        this(manager, descriptor, content, new PublishedClassLoader(NumClipPluginClassLoader.class.getClassLoader()));
    }

    private NumClipPluginClassLoader(
            PluginManager manager, PluginDescriptor descriptor, PluginContent content, PublishedClassLoader published) {
        super(manager, descriptor, published);
        this.published = published;
        this.plugin = descriptor.getPluginId();
        this.version = descriptor.getVersion();
        this.content = content;
    }

    /** Whether the plugin or one of its libraries has this class. */
    boolean brings(String className) {
        return content.hasClass(className);
    }

    @Override
    public String id() {
        return plugin;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<CodePlace> code() {
        return content.places().stream().map(PluginContent.Place::code).toList();
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

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = content.entry(PluginContent.classFile(name));
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, code, 0, code.length);
    }

    @Override
    public @Nullable URL findResource(String name) {
        return urls(name).findFirst().orElse(null);
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(urls(name).toList());
    }

    private Stream<URL> urls(String name) {
        return content.all(name).entrySet().stream()
                .map(entry -> PluginResource.url("/" + plugin + "/" + entry.getKey(), entry.getValue()));
    }
}
