package io.numclip.runner.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.NumClipException;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.server.page.Accessibility;
import io.numclip.server.page.Browser;
import io.numclip.testing.DataSets;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished runs as people see them: in a list, each on its page, and beside each other. */
@Tag("ci")
class RunsEndToEndTest {

    /** A figure on the page, with its place in {@code metrics.json}. */
    private static final Pattern FIGURE = Pattern.compile("<data value=\"([^\"]+)\" data-at=\"([^\"]+)\"");

    private static final Pattern PICTURE = Pattern.compile("data:image/[^\"]+");

    @TempDir
    private static Path folder;

    private static TestingConsole console;

    @BeforeAll
    static void train() throws IOException {
        console = TestingConsole.in(folder);
        TinyClip.in(folder.resolve("clip"));
        train("one");
        train("two", "training.learningRates.factor=0.5");
        train("others", "seeds.data=7", "task.data.samples.test=20");
    }

    private static void train(String name, String... settings) {
        console.train(run(name), "backbone.model=" + folder.resolve("clip"), "training.epochs=1", settings)
                .isZero();
    }

    private static String run(String name) {
        return folder.resolve("runs").resolve(name).toString();
    }

    private static Path page(String name) {
        return Path.of(run(name)).resolve("report.html");
    }

    @Test
    void runsAreListedWithTheirErrors() {
        console.run("report", folder.resolve("runs")).isZero();
        assertThat(console.out()).contains("one", "two", "others", "brightness", "NumCLIP");
    }

    @Test
    void aFolderWithoutRunsIsSaid() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        console.run("report", empty).isEqualTo(ExitCodes.of(NumClipException.Kind.MISSING));
        assertThat(console.err()).contains("no run is in this folder", "./numclip train age");
        console.run("report", folder.resolve("nowhere")).isEqualTo(ExitCodes.of(NumClipException.Kind.MISSING));
        assertThat(console.err()).contains("there is no such folder");
    }

    @Test
    void everyFigureOfTheFirstLinesIsThatOfTheMetrics() throws IOException {
        JsonNode metrics = new ObjectMapper()
                .readTree(Path.of(run("one")).resolve("metrics.json").toFile());
        Matcher figures = FIGURE.matcher(Files.readString(page("one")));
        int count = 0;
        while (figures.find()) {
            assertThat(metrics.at(figures.group(2)).asDouble())
                    .as(figures.group(2))
                    .isEqualTo(Double.parseDouble(figures.group(1)));
            count++;
        }
        assertThat(count).isGreaterThan(3);
    }

    @Test
    void aPageIsDrawnAnewFromTheFilesOfTheRun() throws IOException {
        String drawn = Files.readString(page("two"));
        Files.delete(page("two"));
        console.run("report", run("two")).isZero();
        assertThat(page("two")).hasContent(drawn);
    }

    @Test
    void whatAFolderDoesNotHaveIsLeftOut() throws IOException {
        Path run = folder.resolve("less").resolve("run");
        DataSets.copy(Path.of(run("one")), run);
        assertThat(run.resolve("report.html")).content().contains("of it training");
        Files.delete(run.resolve("epochs.csv"));
        Files.delete(run.resolve("epochs.jsonl"));
        console.run("report", run).isZero();
        assertThat(run.resolve("report.html")).content().contains("is off by").doesNotContain("of it training");
    }

    @Test
    void picturesShowWhereTheNumberComesFrom() throws IOException {
        Path maps = folder.resolve("maps.html");
        console.run("report", run("one"), "--maps", "--out", maps).isZero();
        String html = Files.readString(maps);
        assertThat(html).contains("The pictures are bright where the number comes from");
        assertThat(PICTURE.matcher(html).results())
                .hasSameSizeAs(
                        PICTURE.matcher(Files.readString(page("one"))).results().toList());
        console.run("report", run("one"), run("two"), "--maps").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--maps is for the page of one run");
    }

    @Test
    void runsOnTheSameImagesAreCompared() throws IOException {
        Path page = folder.resolve("both.html");
        console.run("report", run("one"), run("two"), "--out", page).isZero();
        String html = Files.readString(page);
        assertThat(html).contains("2 runs on the same", "one is off by", "training.learningRates.factor", "0.5");
        assertThat(html).containsAnyOf("two is better", "two is worse", "two: its error is");
    }

    @Test
    void onlyAPageIsReplaced() throws IOException {
        Path page = folder.resolve("again.HTML");
        for (int time = 0; time < 2; time++) {
            console.run("report", run("one"), "--out", page).isZero();
        }
        assertThat(console.out()).containsPattern("test, NumCLIP +MAE").contains("Look at: " + page);
        console.run("report", "embedded", "--out", page).isEqualTo(ExitCodes.USAGE);
        Path photo = Files.writeString(folder.resolve("photo.png"), "mine");
        console.run("report", run("one"), "--out", photo).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("give a name that ends in .html");
        Path other = Files.writeString(folder.resolve("other.html"), "mine");
        for (String[] runs : new String[][] {{run("one")}, {run("one"), run("two")}}) {
            console.run("report", runs, "--out", other).isEqualTo(73);
            assertThat(console.err()).contains(other + ": already exists, and is not a page");
        }
        assertThat(photo).hasContent("mine");
        assertThat(other).hasContent("mine");
    }

    @Test
    void runsOnOtherImagesAreComparedOnThoseThatBothHaveWithAWarning() {
        Path page = folder.resolve("others.html");
        console.run("report", run("one"), run("others"), "--out", page).isZero();
        assertThat(console.out().replaceAll("\\s+", " ")).contains("that only one has are left out");
        assertThat(page).content().contains("that only one has are left out");
    }

    @Test
    void aDamagedMetricsFileIsNamed() throws IOException {
        Path damaged = folder.resolve("damaged").resolve("run");
        DataSets.copy(Path.of(run("one")), damaged);
        Path file = damaged.resolve("metrics.json");
        String written = Files.readString(file);
        ObjectMapper json = new ObjectMapper();
        for (String pointer : List.of("/verdict/0/topic", "/models/NumCLIP/mae", "/differences/constant")) {
            ObjectNode metrics = (ObjectNode) json.readTree(written);
            JsonPointer place = JsonPointer.compile(pointer);
            ((ObjectNode) metrics.at(place.head())).put(place.last().getMatchingProperty(), "NaN");
            Files.write(file, json.writeValueAsBytes(metrics));
            console.run("report", damaged).as(pointer).isEqualTo(65);
            assertThat(console.err())
                    .startsWith("error: " + file + ": ")
                    .doesNotContain("bug", "Exception", "io.numclip.unc");
            console.run("report", damaged.getParent()).isZero();
            assertThat(console.out()).contains("metrics.json is damaged");
        }
    }

    @Tag("ci")
    @Test
    void pagesAreWholeInABrowser() throws IOException {
        Path both = folder.resolve("seen.html");
        console.run("report", run("one"), run("two"), "--out", both).isZero();
        try (Browser browser = Browser.open()) {
            for (Path page : List.of(page("one"), both)) {
                for (int width : new int[] {1280, 390}) {
                    isWhole(browser.screen(width, 900).light(), page);
                    isWhole(browser.dark(), page);
                }
            }
        }
    }

    private static void isWhole(Browser browser, Path page) throws IOException {
        String address = page.toUri().toString();
        browser.go(address);
        browser.script("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(asked -> asked.equals(address) || asked.startsWith("data:"));
        assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing is wider than the window")
                .isEqualTo(true);
        assertThat(browser.script("return document.querySelectorAll('svg, .spans').length > 1"))
                .isEqualTo(true);
        assertThat(new Accessibility(browser).violations()).isEmpty();
    }
}
