package io.numclip.host.plugin;

import com.google.inject.AbstractModule;
import java.util.List;

/** Binds the factory classes of one plugin, and nothing else. */
final class PluginModule extends AbstractModule {

    private final List<Class<?>> factoryClasses;

    PluginModule(List<Class<?>> factoryClasses) {
        this.factoryClasses = List.copyOf(factoryClasses);
    }

    @Override
    protected void configure() {
        factoryClasses.forEach(this::bind);
    }
}
