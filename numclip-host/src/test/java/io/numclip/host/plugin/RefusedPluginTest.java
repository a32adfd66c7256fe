package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static io.numclip.testing.TestTaskSource.factoryClass;
import static io.numclip.testing.TestTaskSource.taskClass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numclip.storage.Limit;
import io.numclip.testing.PluginJarBuilder;
import io.numclip.testing.TestTaskSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a plugin can be broken: it is named with the reason and the fix, and the good one beside it runs. */
@Tag("ci")
class RefusedPluginTest {

    private static final String BAD = "bad";

    private TestingPlugins plugins;

    @BeforeEach
    void putGoodPlugin(@TempDir Path root) {
        plugins = new TestingPlugins(root);
        plugins.put("good.jar", taskPlugin("good"));
        System.clearProperty(TestTaskSource.canary(BAD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void jarThatIsWrong(String golden, PluginJarBuilder jar) throws IOException {
        plugins.put("bad.jar", jar);

        assertOnlyGoodRuns(golden);
    }

    static Stream<Arguments> jarThatIsWrong() {
        return Stream.of(
                arguments("zip-bomb", taskPlugin(BAD).entry("zeros", new byte[4 << 20])),
                arguments(
                        "no-manifest",
                        taskPlugin(BAD)
                                .withoutManifest("Plugin-Id")
                                .withoutManifest("Plugin-Version")
                                .withoutManifest("Plugin-Requires")),
                arguments("no-id", taskPlugin(BAD).withoutManifest("Plugin-Id")),
                arguments("no-version", taskPlugin(BAD).withoutManifest("Plugin-Version")),
                arguments("bad-version", taskPlugin(BAD).manifest("Plugin-Version", "newest")),
                arguments("bad-range", taskPlugin(BAD).manifest("Plugin-Requires", "about one")),
                arguments("missing-dependency", taskPlugin(BAD).manifest("Plugin-Dependencies", "nowhere")),
                arguments("wrong-dependency-version", taskPlugin(BAD).manifest("Plugin-Dependencies", "good@>=2.0.0")),
                arguments(
                        "method-exists", taskPlugin(BAD).entry("numclip/methods/coral.yaml", "adapter: {ratio: 0}\n")),
                arguments(
                        "reserved-packages",
                        taskPlugin(BAD)
                                .entry("io/numclip/spi/OrdinalTask.class", "own copy")
                                .entry("META-INF/versions/17/ai/djl/Device.class", "own copy")),
                arguments("reserved-java", taskPlugin(BAD).entry("java/lang/Mine.class", "own copy")),
                arguments(
                        "reserved-slf4j",
                        taskPlugin(BAD).entry("org/slf4j/impl/StaticLoggerBinder.class", "own binding")),
                arguments("too-new", taskPlugin(BAD).classFileVersion(factoryClass(BAD), 99)),
                arguments("missing-plugin-class", taskPlugin(BAD).manifest("Plugin-Class", "example.bad.Nowhere")),
                arguments("index-names-absent-class", taskPlugin(BAD).extension("example.bad.Nowhere")),
                arguments("no-index", plugin(BAD).sources(TestTaskSource.of(BAD))),
                arguments(
                        "no-index",
                        plugin(BAD)
                                .sources(TestTaskSource.of(BAD))
                                .entry("numclip/methods/mine.yaml", "adapter: {ratio: 0}\n")),
                arguments("nothing", plugin(BAD).entry("readme.txt", "nothing yet")),
                arguments("empty-index", taskPlugin(BAD).entry("META-INF/extensions.idx", "# nothing\n")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            closed-clip                  | return new Config(1) | return new Config(io.numclip.clip.tower.ClipBackbone.class.getModifiers())
            closed-guice                 | return new Config(1) | return new Config(com.google.inject.Guice.class.getModifiers())
            closed-jackson               | return new Config(1) | return new Config(com.fasterxml.jackson.databind.ObjectMapper.class.getModifiers())
            static-initialiser-throws    | static {             | static { if (true) throw new IllegalStateException("no licence");
            static-initialiser-overflows | static {             | static int deep() { return 1 + deep(); } static { if (deep() > 0) throw new Error();
            constructor-internal-error   | static {             | public Factory() { throw new InternalError("no machine"); } static {
            out-of-memory                | static {             | static { if (true) throw new OutOfMemoryError("Java heap space");
            thread-death                 | return "bad"         | throw new ThreadDeath()
            constructor-throws           | static {             | public Factory() { throw new IllegalStateException("no licence"); } static {
            constructor-private          | static {             | private Factory() {} static {
            defaults-throw               | return new Config(1) | throw new IllegalArgumentException("size must be above 1; found 1")
            bad-type                     | return "bad"         | return "Bad Task"
            """)
    void codeThatIsWrong(String golden, String part, String replacement) throws IOException {
        putChanged(part, replacement);

        assertOnlyGoodRuns(golden);
    }

    @Test
    void notTrusted() throws IOException {
        plugins.putUntrusted("bad.jar", taskPlugin(BAD));

        assertOnlyGoodRuns("not-trusted");
        assertNoCodeRan();
    }

    @Test
    void changedSinceItWasTrusted() throws IOException {
        plugins.put("bad.jar", taskPlugin(BAD));
        plugins.putUntrusted("bad.jar", taskPlugin(BAD).entry("more.txt", "another hash"));

        assertOnlyGoodRuns("changed");
        assertNoCodeRan();
    }

    @Test
    void notAZip() throws IOException {
        plugins.trust(Files.writeString(plugins.file("bad.jar"), "this is no zip"));

        assertOnlyGoodRuns("not-a-zip");
    }

    @Test
    void entryOutsideTheFolder() throws IOException {
        plugins.put("bad.jar", taskPlugin(BAD).entry("../../../outside.txt", "must not be written"));

        assertOnlyGoodRuns("zip-slip");
        assertThat(plugins.allFiles()).noneMatch(path -> path.endsWith("outside.txt"));
    }

    @Test
    void tooManyEntries() throws IOException {
        PluginJarBuilder builder = taskPlugin(BAD);
        for (int i = 0; i <= Limit.PLUGIN_ENTRIES.value(); i++) {
            builder.entry("entry" + i, "");
        }
        plugins.put("bad.jar", builder);

        assertOnlyGoodRuns("too-many-entries");
    }

    @Test
    void damagedManifest() throws IOException {
        Path file = plugins.file("bad.jar");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.write("Manifest-Version: 1.0\nno colon here\n".getBytes(StandardCharsets.UTF_8));
        }
        plugins.trust(file);

        assertOnlyGoodRuns("damaged-manifest");
    }

    @Test
    void needsNewerSpi() throws IOException {
        plugins.put("bad.jar", taskPlugin(BAD).manifest("Plugin-Requires", ">=2.0.0"));

        assertOnlyGoodRuns("needs-newer-spi");
        assertNoCodeRan();
    }

    @Test
    void needsARefusedPlugin() throws IOException {
        plugins.put("bad.jar", taskPlugin(BAD).manifest("Plugin-Requires", ">=2.0.0"));
        plugins.put("worse.jar", taskPlugin("worse").manifest("Plugin-Dependencies", BAD));

        assertOnlyGoodRuns("refused-dependency");
    }

    @Test
    void needEachOther() throws IOException {
        plugins.put("bad.jar", taskPlugin(BAD).manifest("Plugin-Dependencies", "worse"));
        plugins.put("outside.jar", taskPlugin("outside").manifest("Plugin-Dependencies", BAD));
        plugins.put("worse.jar", taskPlugin("worse").manifest("Plugin-Dependencies", BAD));

        assertOnlyGoodRuns("cycle");
    }

    @Test
    void sameId() throws IOException {
        plugins.put("same.jar", taskPlugin(BAD).manifest("Plugin-Id", "good"));

        assertOnlyGoodRuns("same-id");
    }

    @Test
    void sameTypeAsAnotherPlugin() throws IOException {
        plugins.put("same.jar", taskPlugin("good").manifest("Plugin-Id", "same"));

        assertOnlyGoodRuns("same-type");
    }

    @Test
    void sameTypeTwiceInOnePlugin() throws IOException {
        String twin =
                TestTaskSource.text(BAD).replace("class Task ", "class Twin ").replace("new Task(", "new Twin(");
        plugins.put(
                "bad.jar",
                taskPlugin(BAD).sources(Map.of("example.bad.Twin", twin)).extension("example.bad.Twin$Factory"));

        assertOnlyGoodRuns("same-type-twice");
    }

    @Test
    void libraryContainsClassesOfTheHost(@TempDir Path work) throws IOException {
        Path library =
                plugin("library").entry("org/slf4j/Logger.class", "own copy").writeTo(work.resolve("library.jar"));
        plugins.put("bad.zip", taskPlugin(BAD).beside("lib/library.jar", Files.readAllBytes(library)));

        assertOnlyGoodRuns("reserved-packages-in-library");
    }

    @Test
    void superclassIsMissing() throws IOException {
        String source = TestTaskSource.text(BAD).replace("class Factory ", "class Factory extends Base ");
        plugins.put(
                "bad.jar",
                taskPlugin(BAD)
                        .sources(Map.of(
                                taskClass(BAD),
                                source,
                                "example.bad.Base",
                                "package example.bad; public class Base {}"))
                        .without("example/bad/Base.class"));

        assertOnlyGoodRuns("missing-superclass");
    }

    @Test
    void classIsMissingWhenItsCodeRuns() throws IOException {
        String source = TestTaskSource.text(BAD).replace("return new Config(1)", "return Helper.config()");
        String helper = "package example.bad; class Helper { static Task.Config config() { return null; } }";
        plugins.put(
                "bad.jar",
                taskPlugin(BAD)
                        .sources(Map.of(taskClass(BAD), source, "example.bad.Helper", helper))
                        .without("example/bad/Helper.class"));

        assertOnlyGoodRuns("missing-class");
    }

    /** Its classes speak of packages that the interface had before it was settled. */
    @Test
    void builtBeforeTheInterfaceWasSettled() throws IOException {
        Path stored = CompatibilityFiles.FOLDER.resolve("fill-level-before-1.0.0.jar");
        Files.createDirectories(plugins.file("bad.jar").getParent());
        plugins.trust(Files.copy(stored, plugins.file("bad.jar")));

        assertOnlyGoodRuns("before-1.0.0");
    }

    @Test
    @Timeout(60)
    void constructorNeverEnds() throws IOException {
        plugins.limit(Duration.ofMillis(500));
        putChanged(
                "static {",
                "public Factory() { while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) { } } }"
                        + " static {");

        assertOnlyGoodRuns("constructor-never-ends");
    }

    @Test
    @Timeout(60)
    void staticInitialiserNeverEnds() throws IOException {
        plugins.limit(Duration.ofMillis(500));
        putChanged("static {", "static { while (System.nanoTime() != 0) { Thread.onSpinWait(); }");

        assertOnlyGoodRuns("static-initialiser-never-ends");
    }

    @Test
    void pluginClassThrowsOnStart() throws IOException {
        String source = "package example.bad; public class Main extends org.pf4j.Plugin {"
                + " @Override public void start() { throw new IllegalStateException(\"no licence\"); } }";
        plugins.put(
                "bad.jar",
                taskPlugin(BAD)
                        .sources(Map.of("example.bad.Main", source))
                        .manifest("Plugin-Class", "example.bad.Main"));

        assertOnlyGoodRuns("start-throws");
    }

    @Test
    void extensionIsOfNoneOfOurKinds() throws IOException {
        String source =
                "package example.bad; @org.pf4j.Extension public class Other implements org.pf4j.ExtensionPoint {}";
        plugins.put(
                "bad.jar",
                plugin(BAD).sources(Map.of("example.bad.Other", source)).extension("example.bad.Other"));

        assertOnlyGoodRuns("wrong-interface");
    }

    private void putChanged(String part, String replacement) {
        String source = TestTaskSource.text(BAD).replace(part, replacement);
        plugins.put("bad.jar", taskPlugin(BAD).sources(Map.of(taskClass(BAD), source)));
    }

    private void assertOnlyGoodRuns(String golden) throws IOException {
        PluginCatalog catalog = plugins.load();

        assertThat(catalog.plugins()).extracting(LoadedPlugin::id).containsExactly("good");
        Component good = catalog.component(ComponentKind.TASK, "good");
        assertThat(good.resource("numclip/good.yaml")).contains("task: {type: good}\n");
        GoldenText.assertEqualsFile(golden, plugins.refusals(catalog));
    }

    private static void assertNoCodeRan() {
        assertThat(System.getProperty(TestTaskSource.canary(BAD))).isNull();
    }
}
