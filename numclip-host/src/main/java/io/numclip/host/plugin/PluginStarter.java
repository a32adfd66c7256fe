package io.numclip.host.plugin;

import com.google.inject.Injector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.PluginState;

/** Runs the code of one plugin for the first time: PF4J loads and starts it, Guice creates its factories. */
final class PluginStarter {

    private final NumClipPluginManager manager;
    private final Injector injector;
    private final StartLimit limit;

    PluginStarter(NumClipPluginManager manager, Injector injector, StartLimit limit) {
        this.manager = manager;
        this.injector = injector;
        this.limit = limit;
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
            return limit.run("start of " + plugin.label(), () -> started(plugin, taken), plugin.content()::hasClass);
        } catch (CancellationException e) {
            throw e;
        } catch (Throwable e) { // whatever it is, it is about this plugin alone
            discard(plugin);
            throw PluginFailure.of("it", e);
        }
    }

    private List<Component> started(PluginCandidate plugin, List<Component> taken) {
        manager.load(plugin);
        if (manager.startPlugin(plugin.id()) != PluginState.STARTED) {
            throw PluginFailure.of(
                    "Plugin-Class " + plugin.descriptor().getPluginClass(),
                    manager.getPlugin(plugin.id()).getFailedException());
        }
        refuseWithoutIndex(plugin);
        ClassLoader loader = manager.getPluginClassLoader(plugin.id());
        return components(plugin.id(), loader, plugin.label(), taken);
    }

    private void refuseWithoutIndex(PluginCandidate plugin) {
        if (!manager.getExtensionClassNames(plugin.id()).isEmpty() || PluginMethods.areAllOf(plugin)) {
            return;
        }
        String index = IndexedExtensionFinder.EXTENSIONS_RESOURCE;
        throw new PluginRefusedException(
                plugin.content().entry(index) == null ? "has no " + index : "has an empty " + index,
                "annotate its factories with @Extension and name org.pf4j:pf4j in annotationProcessorPaths, which writes"
                        + " the index; a plugin without code brings numclip/methods/NAME.yaml");
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
        } catch (Throwable e) {
            throw PluginFailure.of("class " + factoryClass.getName(), e);
        }
    }

    /** Within the limit, because a plugin that has started is told to stop. */
    private void discard(PluginCandidate plugin) {
        try {
            limit.run("end of " + plugin.label(), () -> unloaded(plugin.id()), name -> false);
        } catch (Throwable e) {
            // its first failure is the one to tell
        }
    }

    private boolean unloaded(String id) {
        if (manager.getPlugin(id) == null) {
            return false;
        }
        manager.injectors().forget(manager.getPluginClassLoader(id));
        return manager.unloadPlugin(id);
    }
}
