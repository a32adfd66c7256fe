package io.numclip.host.plugin;

import java.util.List;

/** The published contract between host and plugins: which classes come from where. */
public final class SharedPackages {

    /**
     * Always loaded from the host, with all sub-packages, so that host and plugins share the same classes. A plugin
     * sees no other classes of NumCLIP.
     */
    public static final List<String> FROM_HOST = List.of(
            "io.numclip.spi.",
            "io.numclip.data.",
            "io.numclip.dataset.",
            "io.numclip.sample.",
            "ai.djl.",
            "org.slf4j.",
            "org.jspecify.annotations.");

    /** The markers of PF4J, and what a {@code Plugin-Class} extends. */
    public static final List<String> MARKERS =
            List.of("org.pf4j.ExtensionPoint", "org.pf4j.Extension", "org.pf4j.Plugin", "org.pf4j.PluginWrapper");

    /** A plugin that contains a class of one of these packages is refused. */
    public static final List<String> RESERVED = List.of("io.numclip.", "java.", "ai.djl.", "org.slf4j.", "org.pf4j.");

    /** Open to plugins although it is inside a reserved package: the tasks of this build are here. */
    public static final String TASKS = "io.numclip.tasks.";

    private SharedPackages() {}

    /** Whether plugins may use a class of the host. */
    static boolean isPublished(String className) {
        return MARKERS.contains(className) || FROM_HOST.stream().anyMatch(className::startsWith);
    }

    static boolean isReserved(String className) {
        return RESERVED.stream().anyMatch(className::startsWith) && !className.startsWith(TASKS);
    }
}
