package io.numclip.host.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** What every plugin's injector has above it: the folders of the plugins, and the host. */
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
