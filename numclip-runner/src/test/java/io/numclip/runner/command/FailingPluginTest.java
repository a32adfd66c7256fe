package io.numclip.runner.command;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins whose code fails at work: the plugin and the setting are named, not a bug of the program. */
@Tag("ci")
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
    private static final String LOSS = """
            package example.bins;

            import ai.djl.ndarray.NDArray;
            import io.numclip.spi.NumClipOutput;
            import io.numclip.spi.RankingLoss;
            import io.numclip.spi.Targets;

            public final class Loss implements RankingLoss {
                @Override public NDArray evaluate(NumClipOutput output, Targets targets) { return %s; }

                public record Config(int size) {}

                @org.pf4j.Extension
                public static final class Factory implements RankingLoss.Factory<Config> {
                    @Override public String type() { return "each"; }
                    @Override public Config defaults() { return new Config(1); }
                    @Override public RankingLoss create(Config config, RankingLoss.Context context) {
                        return new Loss();
                    }
                }
            }
            """;
    private static final String HEAD = """
            package example.bins;

            import ai.djl.ndarray.NDList;
            import ai.djl.ndarray.types.Shape;
            import ai.djl.nn.AbstractBlock;
            import ai.djl.training.ParameterStore;
            import ai.djl.util.PairList;
            import io.numclip.spi.FineHead;
            import io.numclip.spi.HeadContext;

            public final class Head extends AbstractBlock implements FineHead {
                @Override protected NDList forwardInternal(
                        ParameterStore store, NDList in, boolean training, PairList<String, Object> more) {
                    return %s;
                }
                @Override public Shape[] getOutputShapes(Shape[] in) { return in; }

                public record Config(int size) {}

                @org.pf4j.Extension
                public static final class Factory implements FineHead.Factory<Config> {
                    @Override public String type() { return "odd"; }
                    @Override public Config defaults() { return new Config(1); }
                    @Override public FineHead create(Config config, HeadContext context) { return new Head(); }
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

    private static final String WORDING = """
            package example.bins;

            import io.numclip.data.Bins;
            import io.numclip.data.NumberPrompt;
            import io.numclip.spi.NumberPrompts;
            import java.util.List;

            public final class Wording implements NumberPrompts {
                @Override public List<NumberPrompt> promptsFor(Bins bins) {
                    return java.util.Collections.nCopies(bins.size(), null);
                }

                public record Config(int size) {}

                @org.pf4j.Extension
                public static final class Factory implements NumberPrompts.Factory<Config> {
                    @Override public String type() { return "mute"; }
                    @Override public Config defaults() { return new Config(1); }
                    @Override public NumberPrompts create(Config config) { return new Wording(); }
                }
            }
            """;
    private static final String BINS = "binning: {type: quantile, concepts: [low, high]}\n";

    @TempDir
    private Path folder;

    @Test
    void aBinningThatRefusesItsLabelsIsNamedWithItsSetting() throws Exception {
        TestingConsole console =
                with("throw new IllegalArgumentException(\"needs 9 labels; found \" + labels.length);");

        console.run("train", "grey", "--out", folder.resolve("run")).isEqualTo(69);

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

        console.run("train", "grey", "--out", folder.resolve("run")).isEqualTo(69);

        assertThat(console.err()).contains("binning \"mine\" (binning.type: mine) fails: ArrayIndexOutOfBounds");
    }

    @Test
    void whoAsksForMoreMemoryThanThereIsIsNamed() throws Exception {
        TestingConsole console = with("long[] all = new long[Integer.MAX_VALUE - 8]; return null;");

        console.run("train", "grey", "--out", folder.resolve("run")).isEqualTo(71);

        assertThat(console.err())
                .contains("out of memory (Java heap space, asked for by plugin bins 1.0.0 at example.bins.Mine.fit");
    }

    @Test
    void binsThatAreNullAreAFaultOfThePlugin() throws Exception {
        assertThat(refused(with("return null;")))
                .contains("plugin bins 1.0.0, binning \"mine\" (binning.type: mine) returns null, expected are bins")
                .contains("fix: change its settings, choose another binning, or tell the author of the plugin");
    }

    @Test
    void aFactoryThatMakesNothingIsAFaultOfThePlugin() throws Exception {
        String nothing = BINNING.formatted("return null;").replace("return new Mine();", "return null;");
        assertThat(refused(with("binning: {type: mine}", Map.of("Mine", nothing, "Task", TASK))))
                .contains(
                        "plugin bins 1.0.0, binning \"mine\" (binning.type: mine) makes null, expected is a component");
    }

    @Test
    void aLossThatIsNoNumberIsAFaultOfThePlugin() throws Exception {
        String losses = BINS + "losses: [{type: each, weight: 1}]";
        assertThat(refused(with(losses, Map.of("Loss", LOSS.formatted("output.value()"), "Task", TASK))))
                .contains("plugin bins 1.0.0, loss \"each\" (losses.type: each) returns the shape (8), expected is one"
                        + " number, of the shape ()");
        assertThat(refused(with(losses, Map.of("Loss", LOSS.formatted("null"), "Task", TASK))))
                .contains("loss \"each\" (losses.type: each) returns null");
    }

    @Test
    void aFineHeadThatDoesNotGiveANumberForEachImageIsAFaultOfThePlugin() throws Exception {
        String head = BINS + "fineHead: {type: odd}";
        String start = "plugin bins 1.0.0, fine head \"odd\" (fineHead.type: odd) returns ";
        assertThat(refused(with(head, Map.of("Head", HEAD.formatted("new NDList(in.get(0))"), "Task", TASK))))
                .containsPattern(Pattern.quote(start) + "the shape \\(8, \\d+\\), expected is \\(8\\)");
        assertThat(refused(with(head, Map.of("Head", HEAD.formatted("new NDList(in.get(0).mean())"), "Task", TASK))))
                .contains(start + "the shape (), expected is (8)");
        assertThat(refused(with(head, Map.of("Head", HEAD.formatted("new NDList()"), "Task", TASK))))
                .contains(start + "0 arrays, expected is one");
        assertThat(refused(with(head, Map.of("Head", HEAD.formatted("null"), "Task", TASK))))
                .contains(start + "null, expected is one");
    }

    @Test
    void promptsThatAreNullAreAFaultOfThePlugin() throws Exception {
        assertThat(refused(with(BINS + "prompts: {type: mute}", Map.of("Wording", WORDING, "Task", TASK))))
                .contains("plugin bins 1.0.0, prompt wording \"mute\" (prompts.type: mute) returns null for a prompt");
    }

    @Test
    void anImageThatIsNullCannotBeRead() throws Exception {
        TestingConsole console = with(BINS, Map.of("Task", TASK.replace("DrawnImage.canvas(graphics -> {})", "null")));
        console.run("train", "grey", "--out", folder.resolve("run")).isEqualTo(65);
        assertThat(console.err()).contains("there is no image: ", " returns null");
    }

    @Test
    void whatATaskReturnsIsChecked() throws Exception {
        String start = "plugin bins 1.0.0, task \"grey\" (task.type: grey) ";
        String plain = "return images.images(split);";
        assertThat(refused(with(BINS, Map.of("Task", TASK.replace(plain, "return null;")))))
                .contains(start + "returns null for the images of train");
        assertThat(refused(with(
                        BINS,
                        Map.of("Task", TASK.replace(plain, "return java.util.Arrays.asList((LabeledImage) null);")))))
                .contains(start + "returns null for an image of train");
        String noScale = TASK.replace("scale(), Task::draw", "new LabelScale(0, 10, \"things\"), Task::draw")
                .replace("return new LabelScale(", "return split() ? null : new LabelScale(")
                .replace(
                        "static LabeledImage draw",
                        "static boolean split() { return true; }\n    static LabeledImage draw");
        assertThat(refused(with(BINS, Map.of("Task", noScale)))).contains(start + "has no scale: it is null");
        assertThat(refused(with(BINS, Map.of("Task", TASK.replace("key.name(), image,", "key.name(), null,")))))
                .contains(start + "fails: NullPointerException: an image needs a source");
    }

    @Test
    void aFingerprintThatIsNullIsAFaultOfThePlugin() throws Exception {
        String source = "new io.numclip.data.ImageSource() {"
                + " @Override public java.awt.image.BufferedImage read() { return DrawnImage.canvas(graphics -> {}); }"
                + " @Override public String fingerprint() { return null; } }";
        String drawn = TASK.replace("key.name(), image,", "key.name(), " + source + ",");
        String listed =
                drawn.replace("return images.images(split);", "return List.of(draw(split, 0, 1), draw(split, 5, 1));");
        for (String task : List.of(drawn, listed)) {
            assertThat(refused(with(BINS, Map.of("Task", task))))
                    .contains("task \"grey\" (task.type: grey) makes an image whose fingerprint is null");
        }
    }

    @Test
    void aLabelOutsideTheScaleIsAnError() throws Exception {
        TestingConsole console = with(BINS, Map.of("Task", TASK.replace("index % 10", "index * 2")));
        console.run("train", "grey", "--out", folder.resolve("run")).isEqualTo(65);
        assertThat(console.err())
                .contains("error: image 'train-00006' of train: the label 12.0 is outside 0.0 to 10.0 things")
                .contains("fix: correct the label, or the scale of the task");
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

        console.run("compare", file, "--frozen", "--out", out).isEqualTo(1);

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

        console.run("train", "grey", "--set", "protocol.folds=3", "--folds", "all", "--out", out)
                .isEqualTo(69);

        assertThat(console.err()).contains("fold 1, 1 of 3", "fold 3, 3 of 3");
        assertThat(out.resolve("folds.json")).content().containsPattern("(?s)StackOverflowError.*StackOverflowError");
    }

    @Test
    void ofSeveralComponentsInOneFileThatIsNamedInWhoseClassTheFailureIs() throws Exception {
        String boom = "throw new IllegalStateException(\"boom\");";
        String both = BINNING.replaceFirst("}\\s*$", WORDS + "}");
        Object[] train = {"train", "grey", "--out", folder.resolve("run")};

        TestingConsole creation = withWords(both.formatted("return null;").replace("return new Mine();", boom));
        creation.run(train).isEqualTo(69);
        assertThat(creation.err())
                .contains(
                        "plugin bins 1.0.0, binning \"mine\" (binning.type: mine) fails: IllegalStateException: boom");

        TestingConsole work = withWords(both.formatted(boom));
        work.run(train).isEqualTo(69);
        assertThat(work.err())
                .contains("plugin bins 1.0.0 fails: IllegalStateException: boom", "fix: tell the author of the plugin");
    }

    private String refused(TestingConsole console) throws IOException {
        Path run = Files.createTempDirectory(folder, "run").resolve("run");
        console.run("train", "grey", "--out", run).isEqualTo(69);
        return console.err();
    }

    private TestingConsole with(String fit) throws Exception {
        return with("binning: {type: mine}", Map.of("Mine", BINNING.formatted(fit), "Task", TASK));
    }

    private TestingConsole withWords(String source) throws Exception {
        return with("binning: {type: mine}", Map.of("Mine", source, "Task", TASK), "example.bins.Mine$Words");
    }

    /**
     * @param classes the source of each class, each with a factory
     * @param further factories
     */
    private TestingConsole with(String recipe, Map<String, String> classes, String... further) throws Exception {
        Map<String, String> sources = new HashMap<>();
        PluginJarBuilder jar = plugin("bins").entry("numclip/grey.yaml", "task: {type: grey}\n" + recipe + "\n");
        for (Map.Entry<String, String> each : classes.entrySet()) {
            sources.put("example.bins." + each.getKey(), each.getValue());
            jar = jar.extension("example.bins." + each.getKey() + "$Factory");
        }
        for (String extension : further) {
            jar = jar.extension(extension);
        }
        jar = jar.sources(sources);
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        PluginFolders folders = new PluginFolders(plugins);
        PluginHost.of(folders).trust(jar.writeTo(plugins.resolve("bins.jar")));
        return new TestingConsole(PluginHost.of(folders).load(), folder);
    }
}
