package io.numclip.host.plugin;

import com.google.inject.Injector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pf4j.ExtensionFactory;

/** Lets Guice create PF4J's extensions, each with the injector of the plugin that the class comes from. */
final class InjectorExtensionFactory implements ExtensionFactory {

    private final Map<ClassLoader, Injector> injectors = new ConcurrentHashMap<>();

    void register(ClassLoader loader, Injector injector) {
        injectors.put(loader, injector);
    }

    void forget(ClassLoader loader) {
        injectors.remove(loader);
    }

    @Override
    public <T> T create(Class<T> extensionClass) {
        Injector injector = injectors.get(extensionClass.getClassLoader());
        if (injector == null) {
            throw new IllegalStateException("no injector for " + extensionClass.getName());
        }
        return injector.getInstance(extensionClass);
    }
}
