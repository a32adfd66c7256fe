package io.numclip.testing;

import java.util.Map;

/**
 * Source text of a small task, for plugins that tests compile. Type {@code a-b} gives class {@code example.a_b.Task}.
 */
public final class TestTaskSource {

    private static final String TEXT = """
            package %PACKAGE%;

            import io.numclip.data.LabelScale;
            import io.numclip.data.LabeledImage;
            import io.numclip.data.Split;
            import io.numclip.spi.OrdinalTask;
            import java.util.List;

            public final class Task implements OrdinalTask {
                @Override public LabelScale scale() { return new LabelScale(0, 10, "things"); }
                @Override public List<LabeledImage> images(Split split) { return List.of(); }

                public record Config(int size) {}

                @org.pf4j.Extension
                public static final class Factory implements OrdinalTask.Factory<Config> {
                    static { System.setProperty("%CANARY%", "sang"); }
                    @Override public String type() { return "%TYPE%"; }
                    @Override public Config defaults() { return new Config(1); }
                    @Override public OrdinalTask create(Config config) { return new Task(); }
                }
            }
            """;

    private TestTaskSource() {}

    /** Sources by class name. */
    public static Map<String, String> of(String type) {
        return Map.of(taskClass(type), text(type));
    }

    /** The source of {@link #taskClass}, to be changed by a test that needs a broken one. */
    public static String text(String type) {
        return TEXT.replace("%PACKAGE%", packageName(type))
                .replace("%TYPE%", type)
                .replace("%CANARY%", canary(type));
    }

    public static String taskClass(String type) {
        return packageName(type) + ".Task";
    }

    public static String factoryClass(String type) {
        return taskClass(type) + "$Factory";
    }

    /** A system property that is set as soon as code of the plugin runs. */
    public static String canary(String type) {
        return "numclip.canary." + type;
    }

    private static String packageName(String type) {
        return "example." + type.replace('-', '_');
    }
}
