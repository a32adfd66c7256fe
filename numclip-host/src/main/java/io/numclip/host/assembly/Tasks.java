package io.numclip.host.assembly;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RegionFinder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of several runs, each created once, so that its data is read, and warned about, only once. */
public final class Tasks {

    private record Source(
            Configured<OrdinalTask.Factory<?>> task,
            @Nullable Configured<RegionFinder.Factory<?>> regions) {
        static Source of(ExperimentConfig config) {
            return new Source(config.task(), config.regions());
        }
    }

    private record Use(Source source, Protocol protocol, long draws, long data) {}

    private final Map<Source, OrdinalTask> made = new HashMap<>();
    private final Map<Use, ExperimentData> read = new HashMap<>();

    OrdinalTask of(ExperimentConfig config) {
        return made.computeIfAbsent(Source.of(config), source -> Components.task(config));
    }

    /** The images as the protocol defines them, split and checked once for all runs that use them alike. */
    public ExperimentData data(ExperimentConfig config) throws IOException {
        ExperimentConfig named = FoldNames.named(of(config), config);
        Use use = new Use(Source.of(named), named.protocol(), named.drawsSeed(), named.dataSeed());
        ExperimentData known = read.get(use);
        if (known == null) {
            known = ExperimentData.load(of(config), named);
            read.put(use, known);
        }
        return known;
    }
}
