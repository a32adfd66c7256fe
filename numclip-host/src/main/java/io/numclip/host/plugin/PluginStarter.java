package io.numclip.host.plugin;

import com.google.common.util.concurrent.ExecutionError;
import com.google.inject.Injector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginState;

/** Runs the code of one plugin for the first time: PF4J loads and starts it, Guice creates its factories. */
final class PluginStarter {

    private final NumClipPluginManager manager;
    private final Injector injector;

    PluginStarter(NumClipPluginManager manager, Injector injector) {
        this.manager = manager;
        this.injector = injector;
    }

    /** The factories on the class path. They are loaded like a plugin's, but one that fails is a bug. */
    List<Component> builtIns() {
        return components(null, PluginStarter.class.getClassLoader(), Component.BUILT_IN, List.of());
    }

    /**
     * @param taken components that exist already
     * @throws PluginRefusedException if anything goes wrong; the plugin is unloaded then
     */
    List<Component> start(PluginCandidate plugin, List<Component> taken) {
        try {
            manager.loadPlugin(plugin.unpacked());
            if (manager.startPlugin(plugin.id()) != PluginState.STARTED) {
                throw PluginFailure.of(
                        "Plugin-Class " + plugin.descriptor().getPluginClass(),
                        manager.getPlugin(plugin.id()).getFailedException());
            }
            PluginClassLoader loader = (PluginClassLoader) manager.getPluginClassLoader(plugin.id());
            refuseWithoutIndex(plugin.id(), loader);
            return components(plugin.id(), loader, plugin.label(), taken);
        } catch (RuntimeException | LinkageError | AssertionError | ExecutionError e) {
            discard(plugin.id());
            throw PluginFailure.of("it", e);
        }
    }

    private void refuseWithoutIndex(String id, PluginClassLoader loader) {
        if (!manager.getExtensionClassNames(id).isEmpty()) {
            return;
        }
        String index = IndexedExtensionFinder.EXTENSIONS_RESOURCE;
        throw new PluginRefusedException(
                loader.findResource(index) == null ? "has no " + index : "has an empty " + index,
                "annotate its factories with @Extension and name org.pf4j:pf4j in annotationProcessorPaths, which writes"
                        + " the index");
    }

    private List<Component> components(
            @Nullable String pluginId, ClassLoader loader, String origin, List<Component> taken) {
        Set<String> names = manager.getExtensionClassNames(pluginId);
        List<Class<?>> classes = new ArrayList<>();
        names.stream().sorted().forEach(name -> classes.add(FactoryClasses.load(name, loader)));
        manager.injectors().register(loader, injector.createChildInjector(new PluginModule(classes)));

        List<Component> all = new ArrayList<>(taken);
        for (Class<?> factoryClass : classes) {
            Component component = make(factoryClass, origin);
            FactoryClasses.refuseTaken(component, all);
            all.add(component);
        }
        return all.subList(taken.size(), all.size());
    }

    private Component make(Class<?> factoryClass, String origin) {
        try {
            return FactoryClasses.component(manager.getExtensionFactory().create(factoryClass), origin);
        } catch (RuntimeException | LinkageError | AssertionError | ExecutionError e) {
            throw PluginFailure.of("class " + factoryClass.getName(), e);
        }
    }

    private void discard(String id) {
        if (manager.getPlugin(id) != null) {
            manager.injectors().forget(manager.getPluginClassLoader(id));
            manager.unloadPlugin(id);
        }
    }
}
