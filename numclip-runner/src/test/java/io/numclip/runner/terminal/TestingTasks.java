package io.numclip.runner.terminal;

import io.numclip.host.TestingCatalog;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tasks of the plugins, loaded from their modules as from jars. */
public final class TestingTasks implements AutoCloseable {

    private static final List<String> TASKS = List.of("age", "dating", "aesthetics");

    private final URLClassLoader plugins;
    private final PluginCatalog catalog;

    /** @param folder where there are no plugins */
    public TestingTasks(Path folder) throws IOException, ReflectiveOperationException {
        List<URL> classes = new ArrayList<>();
        for (String task : TASKS) {
            classes.add(Path.of("../numclip-tasks-" + task + "/target/classes/")
                    .toUri()
                    .toURL());
        }
        plugins = new URLClassLoader(classes.toArray(URL[]::new), TestingCatalog.class.getClassLoader());
        List<Component> components =
                new ArrayList<>(TestingCatalog.create(folder).components());
        for (String task : TASKS) {
            components.add(component(task));
        }
        catalog = new PluginCatalog(components, List.of(), List.of(), List.of());
    }

    private Component component(String task) throws ReflectiveOperationException {
        String name =
                "io.numclip.tasks." + task + "." + task.substring(0, 1).toUpperCase(Locale.ROOT) + task.substring(1);
        Object factory =
                plugins.loadClass(name + "Task").getDeclaredConstructor().newInstance();
        return new Component(ComponentKind.TASK, task, (OrdinalTask.Factory<?>) factory, "plugin " + task + " 1.0.0");
    }

    public PluginCatalog catalog() {
        return catalog;
    }

    @Override
    public void close() throws IOException {
        plugins.close();
    }
}
