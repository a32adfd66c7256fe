package io.numclip.host.assembly;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The tasks of several runs, each created once, so that its data is read, and warned about, only once. */
public final class Tasks {

    private record Use(Configured<OrdinalTask.Factory<?>> task, Protocol protocol, long draws, long data) {}

    private final Map<Configured<OrdinalTask.Factory<?>>, OrdinalTask> made = new HashMap<>();
    private final Map<Use, ExperimentData> read = new HashMap<>();

    OrdinalTask of(ExperimentConfig config) {
        return made.computeIfAbsent(config.task(), Components::task);
    }

    /** The images as the protocol defines them, split and checked once for all runs that use them alike. */
    public ExperimentData data(ExperimentConfig config) throws IOException {
        ExperimentConfig named = FoldNames.named(of(config), config);
        Use use = new Use(named.task(), named.protocol(), named.drawsSeed(), named.dataSeed());
        ExperimentData known = read.get(use);
        if (known == null) {
            known = ExperimentData.load(of(config), named);
            read.put(use, known);
        }
        return known;
    }
}
