package io.numclip.host.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** The bindings of the parent of every plugin's injector: the plugin folders and the host. */
final class HostModule extends AbstractModule {

    private final PluginFolders folders;

    HostModule(PluginFolders folders) {
        this.folders = folders;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(PluginFolders.class).toInstance(folders);
        bind(PluginHost.class).in(Singleton.class);
    }
}
