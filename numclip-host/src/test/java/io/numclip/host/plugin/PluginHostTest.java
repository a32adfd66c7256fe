package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static io.numclip.testing.TestTaskSource.taskClass;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.spi.ComponentFactory;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.TestTaskSource;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {

    private TestingPlugins plugins;

    @BeforeEach
    void makeFolder(@TempDir Path root) {
        plugins = new TestingPlugins(root);
    }

    @Test
    void withoutFolderThereAreOnlyBuiltIns() {
        PluginCatalog catalog = plugins.load();

        assertThat(catalog.plugins()).isEmpty();
        assertThat(catalog.refusals()).isEmpty();
        assertThat(catalog.components())
                .isNotEmpty()
                .allMatch(component -> component.origin().equals(Component.BUILT_IN));
    }

    @Test
    void jarBringsItsTaskAndItsRecipe() throws IOException {
        plugins.put("good.jar", taskPlugin("good"));

        Component good = plugins.load().component(ComponentKind.TASK, "good");

        assertThat(good.origin()).isEqualTo("plugin good 1.0.0");
        assertThat(good.resource("numclip/good.yaml")).contains("task: {type: good}\n");
        assertThat(good.resource("numclip/other.yaml")).isEmpty();
        assertThat(make(good).images(Split.TRAIN)).isEmpty();
    }

    @Test
    void zipBringsItsTaskAndItsLibraries(@TempDir Path work) throws IOException {
        String source = TestTaskSource.text("good").replace("\"things\"", "example.library.Words.unit()");
        String library =
                "package example.library; public class Words { public static String unit() { return \"apples\"; } }";
        Map<String, String> librarySource = Map.of("example.library.Words", library);
        Path libraryJar = plugin("library").sources(librarySource).writeTo(work.resolve("library.jar"));
        plugins.put(
                "good.zip",
                taskPlugin("good")
                        .sources(Map.of(taskClass("good"), source, "example.library.Words", library))
                        .without("example/library/Words.class")
                        .beside("lib/library.jar", Files.readAllBytes(libraryJar)));

        Component good = plugins.load().component(ComponentKind.TASK, "good");

        assertThat(make(good).scale().unit()).isEqualTo("apples");
    }

    @Test
    void zipMayDescribeItselfInProperties() {
        plugins.put(
                "good.zip",
                taskPlugin("good")
                        .manifest("Plugin-Id", "overruled")
                        .beside("plugin.properties", "plugin.id=good\nplugin.version=1.2.0\n".getBytes(UTF_8)));

        assertThat(plugins.load().component(ComponentKind.TASK, "good").origin())
                .isEqualTo("plugin good 1.2.0");
    }

    @Test
    void pluginUsesTheClassesOfAPluginThatItNeeds() {
        String source = TestTaskSource.text("second").replace("\"things\"", "new example.first.Task().scale().unit()");
        plugins.put("first.jar", taskPlugin("first"));
        plugins.put(
                "a-second.jar",
                taskPlugin("second")
                        .sources(Map.of(taskClass("second"), source, taskClass("first"), TestTaskSource.text("first")))
                        .without("example/first/Task.class")
                        .without("example/first/Task$Config.class")
                        .without("example/first/Task$Factory.class")
                        .manifest("Plugin-Dependencies", "first@>=1.0.0"));

        Component second = plugins.load().component(ComponentKind.TASK, "second");

        assertThat(make(second).scale().unit()).isEqualTo("things");
    }

    @Test
    void ownCopyOfALibraryWinsOverTheHosts() {
        String source = TestTaskSource.text("good").replace("\"things\"", "picocli.CommandLine.unit()");
        String library =
                "package picocli; public class CommandLine { public static String unit() { return \"mine\"; } }";
        plugins.put(
                "good.jar",
                taskPlugin("good").sources(Map.of(taskClass("good"), source, "picocli.CommandLine", library)));

        Component good = plugins.load().component(ComponentKind.TASK, "good");

        assertThat(make(good).scale().unit()).isEqualTo("mine");
    }

    /** What is not there cannot be changed: no added class runs, and no folder has to be writable. */
    @Test
    void nothingIsUnpacked() throws IOException {
        plugins.put("good.jar", taskPlugin("good"));

        Component good = plugins.load().component(ComponentKind.TASK, "good");

        assertThat(make(good).scale().unit()).isEqualTo("things");
        assertThat(plugins.allFiles())
                .filteredOn(Files::isRegularFile)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("good.jar", "plugins.lock");
    }

    @Test
    void fileSwappedAfterItsHashWasTakenIsNotLoaded() throws IOException {
        Path jar = plugin("plugin").entry("text", "trusted").writeTo(plugins.file("plugin.jar"));
        PluginFile file = PluginFile.read(jar);
        plugin("plugin").entry("text", "swapped").writeTo(jar);

        assertThat(PluginReader.read(file).own().get("text")).asString(UTF_8).isEqualTo("trusted");
    }

    @Test
    void resourcesAreFoundInThePluginAndInItsLibraries(@TempDir Path work) throws IOException {
        Path library = plugin("library")
                .manifest("Multi-Release", "true")
                .entry("words.txt", "of the library")
                .entry("apples.txt", "old")
                .entry("META-INF/versions/11/apples.txt", "new")
                .entry("META-INF/versions/99/apples.txt", "of a Java to come")
                .writeTo(work.resolve("library.jar"));
        plugins.put(
                "good.zip",
                taskPlugin("good").entry("words.txt", "own").beside("lib/library.jar", Files.readAllBytes(library)));

        Component good = plugins.load().component(ComponentKind.TASK, "good");
        ClassLoader loader = good.factory().getClass().getClassLoader();

        assertThat(good.resource("words.txt")).contains("own");
        assertThat(good.resource("apples.txt")).contains("new");
        assertThat(Collections.list(loader.getResources("words.txt")))
                .extracting(URL::toString)
                .containsExactly("plugin:/good/classes!/words.txt", "plugin:/good/lib/library.jar!/words.txt");
        assertThat(good.factory().getClass().getResourceAsStream("/words.txt")).hasContent("own");
    }

    @Test
    void fileWhoseNameHasALineBreakIsNotTrusted() throws IOException {
        Path evil = plugins.putUntrusted("evil.jar", taskPlugin("evil"));
        plugins.putUntrusted(
                "h.jar  user\n" + PluginFile.read(evil).sha256().substring(0, 9) + "  zz.jar", taskPlugin("harmless"));

        assertThatThrownBy(() -> plugins.host().trust("harmless"))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("no plugin there with this id");
        assertThatThrownBy(() -> plugins.host()
                        .trust("h.jar  user\n" + PluginFile.read(evil).sha256().substring(0, 9) + "  zz.jar"))
                .isInstanceOf(NumClipException.class)
                .hasMessageEndingWith("has a line break or another control character in its name");
        assertThat(plugins.refusals(plugins.load())).contains("h.jar  user\\u000a");
        assertThat(plugins.folders().lockFile()).doesNotExist();
    }

    @Test
    void trustMendsADamagedList() throws IOException {
        Path file = plugins.putUntrusted("good.jar", taskPlugin("good"));
        Files.writeString(plugins.folders().lockFile(), "a".repeat(64) + "  h\nx.jar  user\n");
        assertThatThrownBy(plugins::load).hasMessageContaining("plugins.lock:1: expected a SHA-256");

        plugins.host().trust(file);

        assertThat(plugins.load().plugins()).extracting(LoadedPlugin::id).containsExactly("good");
    }

    @Test
    void untrustMendsADamagedListToo() throws IOException {
        Files.writeString(Files.createDirectories(plugins.folders().plugins()).resolve("plugins.lock"), "h\n");

        assertThatThrownBy(() -> plugins.host().untrust("h")).isInstanceOf(NumClipException.class);

        assertThat(plugins.load().refusals()).isEmpty();
    }

    @Test
    void foldersAreIgnoredWithANotice() throws IOException {
        Files.createDirectories(plugins.file("unpacked.jar"));
        Files.writeString(plugins.file("README.md"), "no plugin");

        PluginCatalog catalog = plugins.load();

        assertThat(catalog.refusals()).isEmpty();
        assertThat(catalog.notices())
                .map(plugins::normalised)
                .containsExactly("<root>/plugins/unpacked.jar is a folder and is ignored: plugins are jars and zips");
    }

    @Test
    void trustedFileRunsFromTheNextStartOn() {
        Path file = plugins.putUntrusted("good.jar", taskPlugin("good"));
        assertThat(plugins.load().plugins()).isEmpty();

        PluginCandidate trusted = plugins.host().trust(file);

        assertThat(trusted.id()).isEqualTo("good");
        assertThat(plugins.load().plugins()).extracting(LoadedPlugin::sha256).containsExactly(trusted.sha256());
    }

    @Test
    void pluginIsTrustedByItsNameOrItsIdAndTheTrustIsTakenBack() {
        Path file = plugins.putUntrusted("good-1.0.0.jar", taskPlugin("good"));

        assertThat(plugins.host().trust("good-1.0.0.jar").file()).isEqualTo(file);
        assertThat(plugins.load().plugins()).hasSize(1);

        assertThat(plugins.host().untrust("good")).hasSize(1);
        assertThat(plugins.load().plugins()).isEmpty();

        assertThat(plugins.host().trust("good").file()).isEqualTo(file);
        assertThat(plugins.host().untrust("good-1.0.0.jar")).hasSize(1);
        assertThatThrownBy(() -> plugins.host().untrust("good-1.0.0.jar"))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("is not trusted");
    }

    @Test
    void trustInAFileThatIsGoneIsTakenBack() throws IOException {
        Files.delete(plugins.put("good.jar", taskPlugin("good")));

        assertThat(plugins.host().untrust("good.jar")).hasSize(1);
        assertThat(TrustList.read(plugins.folders().lockFile()).entries()).isEmpty();
    }

    @Test
    void jarBringsItsMethod() {
        plugins.put("good.jar", taskPlugin("good").entry("numclip/methods/mine.yaml", "adapter: {ratio: 0}\n"));

        LoadedPlugin good = plugins.load().plugins().get(0);

        assertThat(good.methods()).containsExactly(Map.entry("mine", "adapter: {ratio: 0}\n"));
        assertThat(good.describe()).endsWith("task good, method mine");
    }

    @Test
    void jarOfMethodsAloneNeedsNoCode() {
        plugins.put("good.jar", plugin("good").entry("numclip/methods/mine.yaml", "adapter: {ratio: 0}\n"));

        LoadedPlugin good = plugins.load().plugins().get(0);

        assertThat(good.components()).isEmpty();
        assertThat(good.methods()).containsOnlyKeys("mine");
        assertThat(good.describe()).isEqualTo("good 1.0.0  (good.jar)  method mine");
    }

    @Test
    void classOfAPluginLeadsToItsName() {
        plugins.put("good.jar", taskPlugin("good"));
        PluginHost host = plugins.host();
        host.load();

        assertThat(host.pluginWith("example.good.Task")).contains("plugin good 1.0.0");
        assertThat(host.pluginWith("java.lang.String")).isEmpty();
    }

    @Test
    void trustRefusesWhatCouldNotRun() {
        Path file = plugins.putUntrusted("bad.jar", taskPlugin("bad").manifest("Plugin-Requires", ">=2.0.0"));

        assertThatThrownBy(() -> plugins.host().trust(file))
                .isInstanceOf(NumClipException.class)
                .hasMessageEndingWith("bad.jar needs SPI >=2.0.0; this is 1.1.0");
        assertThat(plugins.folders().lockFile()).doesNotExist();
    }

    @Test
    void trustNeedsAFile() {
        assertThatThrownBy(() -> plugins.host().trust("nowhere"))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("there is no file");
    }

    private static OrdinalTask make(Component component) {
        return make((OrdinalTask.Factory<?>) component.factory());
    }

    private static <C extends Record> OrdinalTask make(OrdinalTask.Factory<C> factory) {
        return factory.create(((ComponentFactory<C>) factory).defaults());
    }
}
