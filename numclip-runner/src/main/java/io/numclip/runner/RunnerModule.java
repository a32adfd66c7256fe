package io.numclip.runner;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numclip.runner.plugin.PluginCatalog;
import io.numclip.runner.plugin.PluginFolders;
import io.numclip.runner.plugin.PluginHost;

/** What lives as long as the program: the plugins and what they offer. All else is built per run, with constructors. */
public final class RunnerModule extends AbstractModule {

    private final PluginFolders folders;

    public RunnerModule(PluginFolders folders) {
        this.folders = folders;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(PluginFolders.class).toInstance(folders);
        bind(PluginHost.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    PluginCatalog catalog(PluginHost host) {
        return host.load();
    }
}
