package io.numclip.host.run;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.spi.OrdinalTask;
import java.util.HashMap;
import java.util.Map;

/** The tasks of several runs, each created once, so that its data is read, and warned about, only once. */
public final class Tasks {

    private final Map<Configured<OrdinalTask.Factory<?>>, OrdinalTask> made = new HashMap<>();

    OrdinalTask of(ExperimentConfig config) {
        return made.computeIfAbsent(config.task(), Components::task);
    }
}
