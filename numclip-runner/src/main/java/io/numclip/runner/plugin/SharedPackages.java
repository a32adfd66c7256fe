package io.numclip.runner.plugin;

import java.util.List;

/** Who owns which packages: the published contract between host and plugins. */
public final class SharedPackages {

    /** Always loaded from the host, so that host and plugins speak of the same classes. */
    public static final List<String> FROM_HOST = List.of(
            "io.numclip.spi.", "io.numclip.data.", "ai.djl.", "org.slf4j.", "org.pf4j.", "org.jspecify.annotations.");

    /** A plugin that contains a class of these is refused. */
    public static final List<String> RESERVED = List.of("io.numclip.", "java.", "ai.djl.", "org.slf4j.", "org.pf4j.");

    /** Open to plugins though it lies within a reserved package: the tasks of this build live here. */
    public static final String TASKS = "io.numclip.tasks.";

    private SharedPackages() {}

    static boolean isFromHost(String className) {
        return FROM_HOST.stream().anyMatch(className::startsWith);
    }

    static boolean isReserved(String className) {
        return RESERVED.stream().anyMatch(className::startsWith) && !className.startsWith(TASKS);
    }
}
