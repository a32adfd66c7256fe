package io.numclip.host.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ConfigProblems;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.util.List;

/** Whether there are the tasks that a comparison names. */
final class TaskCheck {

    private static final String TASKS = "tasks";

    private TaskCheck() {}

    /** @param tree with a list of tasks, if there are any */
    static void check(PluginCatalog catalog, ConfigNode.Mapping tree, ConfigProblems problems) {
        List<ConfigNode> tasks = tree.get(TASKS) instanceof ConfigNode.Sequence list ? list.items() : List.of();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i) instanceof ConfigNode.Scalar task && !ExperimentReader.isFile(task.text())) {
                try {
                    catalog.component(ComponentKind.TASK, task.text());
                } catch (NumClipException unknown) {
                    add(unknown, task, TASKS + "." + i, problems);
                }
            }
        }
    }

    /** A task that a refused plugin may bring is reported where it would be trained, with another exit code. */
    private static void add(NumClipException unknown, ConfigNode task, String path, ConfigProblems problems) {
        if (unknown.kind() == NumClipException.Kind.CONFIGURATION) {
            problems.add(task.position(), path, String.valueOf(unknown.getMessage()));
        }
    }
}
