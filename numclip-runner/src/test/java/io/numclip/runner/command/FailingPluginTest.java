package io.numclip.runner.command;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.PluginJarBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins whose code fails at work: the plugin and the setting are named, not a bug of the program. */
class FailingPluginTest {

    private static final String BINNING = """
            package example.bins;

            import io.numclip.data.Bins;
            import io.numclip.data.LabelScale;
            import io.numclip.spi.BinningStrategy;

            public final class Mine implements BinningStrategy {
                @Override public Bins fit(double[] labels) { %s }

                public record Config(int bins) {}

                @org.pf4j.Extension
                public static final class Factory implements BinningStrategy.Factory<Config> {
                    @Override public String type() { return "mine"; }
                    @Override public Config defaults() { return new Config(3); }
                    @Override public BinningStrategy create(Config config, LabelScale scale) { return new Mine(); }
                }
            }
            """;
    private static final String WORDS = """
            @org.pf4j.Extension
            public static final class Words implements io.numclip.spi.NumberPrompts.Factory<Config> {
                @Override public String type() { return "words"; }
                @Override public Config defaults() { return new Config(3); }
                @Override public io.numclip.spi.NumberPrompts create(Config config) { return bins -> null; }
            }
            """;
    private static final String TASK = """
            package example.bins;

            import io.numclip.data.LabelScale;
            import io.numclip.data.LabeledImage;
            import io.numclip.data.Split;
            import io.numclip.dataset.TaskData;
            import io.numclip.dataset.TaskImages;
            import io.numclip.sample.DrawnImage;
            import io.numclip.sample.SampleKey;
            import io.numclip.spi.OrdinalTask;
            import java.util.List;
            import java.util.Map;

            public final class Task implements OrdinalTask {
                private final TaskImages images = new TaskImages(
                        TaskData.samples(8, 4, 4), scale(), Task::draw);

                static LabeledImage draw(Split split, int index, long seed) {
                    SampleKey key = new SampleKey("grey", split, index, seed);
                    DrawnImage image = new DrawnImage(key, () -> DrawnImage.canvas(graphics -> {}));
                    return new LabeledImage(key.name(), image, index % 10, Map.of());
                }

                @Override public LabelScale scale() { return new LabelScale(0, 10, "things"); }
                @Override public List<LabeledImage> images(Split split) throws java.io.IOException {
                    return images.images(split);
                }

                public record Config(int size) {}

                @org.pf4j.Extension
                public static final class Factory implements OrdinalTask.Factory<Config> {
                    @Override public String type() { return "grey"; }
                    @Override public Config defaults() { return new Config(1); }
                    @Override public OrdinalTask create(Config config) { return new Task(); }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aBinningThatRefusesItsLabelsIsNamedWithItsSetting() throws Exception {
        TestingConsole console =
                with("throw new IllegalArgumentException(\"needs 9 labels; found \" + labels.length);");

        assertThat(console.run("train", "grey", "--out", folder.resolve("run").toString()))
                .as(console.err())
                .isEqualTo(69);

        assertThat(console.err())
                .contains("plugin bins 1.0.0, binning \"mine\" (binning.type: mine) fails: "
                        + "IllegalArgumentException: needs 9 labels; found 8")
                .contains("at example.bins.Mine.fit(Mine.java:8)")
                .contains("fix: change its settings, choose another binning, or tell the author of the plugin")
                .doesNotContain("bug in NumCLIP");
    }

    @Test
    void whatItsCodeCallsInTheJdkIsTheFailureOfThePlugin() throws Exception {
        TestingConsole console = with("return java.util.List.<Bins>of().get(2);");

        assertThat(console.run("train", "grey", "--out", folder.resolve("run").toString()))
                .isEqualTo(69);

        assertThat(console.err()).contains("binning \"mine\" (binning.type: mine) fails: ArrayIndexOutOfBounds");
    }

    @Test
    void whoAsksForMoreMemoryThanThereIsIsNamed() throws Exception {
        TestingConsole console = with("long[] all = new long[Integer.MAX_VALUE - 8]; return null;");

        assertThat(console.run("train", "grey", "--out", folder.resolve("run").toString()))
                .as(console.err())
                .isEqualTo(71);

        assertThat(console.err())
                .contains("out of memory (Java heap space, asked for by plugin bins 1.0.0 at example.bins.Mine.fit");
    }

    @Test
    void aMethodWhoseClassIsMissingDoesNotStopTheOthers() throws Exception {
        TestingConsole console = with("throw new NoClassDefFoundError(\"nope/Nope\");");
        Path file = Files.writeString(folder.resolve("rivals.yaml"), """
                tasks: grey
                methods:
                  - numclip
                  - {name: other, base: ridge, settings: {binning: {type: uniform, concepts: [few, many]}}}
                yardsticks: false
                """);
        Path out = folder.resolve("rivals");

        assertThat(console.run("compare", file.toString(), "--frozen", "--out", out.toString()))
                .as(console.err())
                .isEqualTo(1);

        assertThat(out.resolve("compare.txt"))
                .content()
                .containsPattern("(?m)^other +\\d")
                .contains(
                        "failed: grey, numclip, seed 1: plugin bins 1.0.0, binning \"mine\" (binning.type: mine) fails:"
                                + " NoClassDefFoundError: nope/Nope");
    }

    @Test
    void aFoldThatFillsTheStackDoesNotStopTheOthers() throws Exception {
        TestingConsole console = with("return fit(labels);");
        Path out = folder.resolve("run");

        assertThat(console.run("train", "grey", "--set", "protocol.folds=3", "--folds", "all", "--out", out.toString()))
                .as(console.err())
                .isEqualTo(69);

        assertThat(console.err()).contains("fold 1, 1 of 3", "fold 3, 3 of 3");
        assertThat(out.resolve("folds.json")).content().containsPattern("(?s)StackOverflowError.*StackOverflowError");
    }

    @Test
    void ofSeveralComponentsInOneFileThatIsNamedInWhoseClassTheFailureIs() throws Exception {
        String boom = "throw new IllegalStateException(\"boom\");";
        String both = BINNING.replaceFirst("}\\s*$", WORDS + "}");
        String[] train = {"train", "grey", "--out", folder.resolve("run").toString()};

        TestingConsole creation = with(
                file(both.formatted("return null;").replace("return new Mine();", boom)), "example.bins.Mine$Words");
        assertThat(creation.run(train)).as(creation.err()).isEqualTo(69);
        assertThat(creation.err())
                .contains(
                        "plugin bins 1.0.0, binning \"mine\" (binning.type: mine) fails: IllegalStateException: boom");

        TestingConsole work = with(file(both.formatted(boom)), "example.bins.Mine$Words");
        assertThat(work.run(train)).as(work.err()).isEqualTo(69);
        assertThat(work.err())
                .contains("plugin bins 1.0.0 fails: IllegalStateException: boom", "fix: tell the author of the plugin");
    }

    private TestingConsole with(String fit) throws Exception {
        return with(file(BINNING.formatted(fit)));
    }

    private static Map<String, String> file(String binning) {
        return Map.of("example.bins.Mine", binning, "example.bins.Task", TASK);
    }

    private TestingConsole with(Map<String, String> sources, String... furtherExtensions) throws Exception {
        PluginJarBuilder jar = plugin("bins").sources(sources);
        for (String extension : furtherExtensions) {
            jar.extension(extension);
        }
        jar.extension("example.bins.Mine$Factory")
                .extension("example.bins.Task$Factory")
                .entry("numclip/grey.yaml", "task: {type: grey}\nbinning: {type: mine}\n");
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginFolders folders = new PluginFolders(plugins);
        PluginHost.of(folders).trust(jar.writeTo(plugins.resolve("bins.jar")));
        return new TestingConsole(PluginHost.of(folders).load(), folder);
    }
}
