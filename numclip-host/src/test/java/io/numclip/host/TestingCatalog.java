package io.numclip.host;

import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is built in, found as the program finds it, and the task and the finder of the tests as if a plugin had brought it. */
public final class TestingCatalog {

    private TestingCatalog() {}

    /** @param empty a folder without plugins */
    public static PluginCatalog create(Path empty) {
        PluginCatalog builtIn = PluginHost.of(new PluginFolders(empty)).load();
        List<Component> components = new ArrayList<>(builtIn.components());
        components.add(
                new Component(ComponentKind.TASK, "brightness", new TestingTask.Factory(), "plugin brightness 1.0.0"));
        components.add(
                new Component(ComponentKind.REGIONS, "squares", new TestingFinder.Factory(), "plugin squares 1.0.0"));
        return new PluginCatalog(components, List.of(), List.of(), List.of());
    }

    /** The configuration of the task of the tests with these settings. */
    public static ExperimentConfig config(Path empty, String... settings) {
        return new ExperimentReader(create(empty))
                .read("brightness", Stream.of(settings).map(Setting::parse).toList());
    }
}
