package io.numclip.runner.plugin;

import com.google.inject.Injector;
import io.numclip.spi.ComponentFactory;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Brings up what is built in and what the plugins bring. */
public final class PluginHost {

    private final Injector injector;
    private final NumClipPluginManager manager;

    @Inject
    PluginHost(PluginFolders folders, Injector injector) {
        this.injector = injector;
        this.manager = new NumClipPluginManager(folders.cache());
    }

    /** Loads everything; a plugin that fails is a refusal in the catalog, never an exception. */
    public PluginCatalog load() {
        return new PluginCatalog(builtIns(), List.of(), List.of(), List.of());
    }

    private List<Component> builtIns() {
        ClassLoader loader = PluginHost.class.getClassLoader();
        List<Class<?>> classes = new ArrayList<>();
        for (String name : manager.getExtensionClassNames(null)) {
            try {
                classes.add(loader.loadClass(name));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        manager.injectors().register(loader, injector.createChildInjector(new PluginModule(classes)));
        List<Component> components = new ArrayList<>();
        for (Class<?> factoryClass : classes) {
            ComponentFactory<?> factory =
                    (ComponentFactory<?>) manager.getExtensionFactory().create(factoryClass);
            components.add(
                    new Component(ComponentKind.of(factoryClass).get(0), factory.type(), factory, Component.BUILT_IN));
        }
        return components;
    }
}
