package io.numclip.runner.init;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user with a list of images and no Java. */
@Tag("ci")
class InitCommandTest {

    @TempDir
    Path temporary;

    private Path folder;

    @TempDir
    Path noPlugins;

    private PluginCatalog catalog;
    private TestingConsole console;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectories(temporary.resolve("my squares"));
        System.setProperty("numclip.cache", noPlugins.resolve("cache").toString());
        catalog = TestingCatalog.create(noPlugins);
        console = new TestingConsole(catalog, noPlugins);
    }

    @Test
    void aListBecomesATaskThatTrainsAndPredicts() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        init("--unit", "steps").isZero();
        assertThat(console.out())
                .contains(
                        "60 images with numbers from 0 to 3, 4 different ones; the most common: 0 (15), 1 (15), 2 (15)")
                .contains("all of the 60 that were opened can be read");
        String run = folder.resolve("run").toString();
        console.run(
                        "train",
                        task(),
                        "--out",
                        run,
                        "--quiet",
                        "--set",
                        "backbone.model=" + CLIP,
                        "--set",
                        "training.epochs=1")
                .isZero();
        assertThat(console.out()).contains("MAE in steps");
        console.run("predict", run, folder.resolve("3.png"), "--format", "csv").isZero();
        assertThat(console.out()).contains("p:very low,p:low,p:high,p:very high,atLeast:");
    }

    @Test
    void theFileIsForPeople() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        init("--unit", "steps").isZero();
        Golden.assertEqualsFile("init/steps.yaml", text());
    }

    @Test
    void manyNumbersBecomeFiveBins() throws IOException {
        list(
                "photo;price;split",
                i -> squares(i) + ";" + i * i * 1.25 + ";" + (i % 5 == 0 ? "test" : i % 5 == 1 ? "val" : "train"));
        init("--image-column", "photo", "--label-column", "price").isZero();
        Golden.assertEqualsFile("init/prices.yaml", text());
        new ExperimentReader(catalog).read(task(), List.of());
    }

    @Test
    void aFolderForEachNumberWillDo() throws IOException {
        for (int i = 0; i < 40; i++) {
            Path label = Files.createDirectories(folder.resolve("images/" + i % 2 * 10));
            ImageIO.write(square(i), "png", label.resolve(i + ".png").toFile());
        }
        console.run("init", "--folder", folder.resolve("images"), "--out", task(), "--no-trial")
                .isZero();
        assertThat(text())
                .contains("data: {format: folder, root: images, validation: 0.2, test: 0.2, seed: ")
                .contains("{concept: low, below: 5}   # 20 images");
        new ExperimentReader(catalog).read(task(), List.of());
    }

    @Test
    void theDataIsFoundFromAnywhere() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        String elsewhere = folder.resolve("configurations/my task.yaml").toString();
        console.run("init", "--csv", csv(), "--out", elsewhere, "--no-trial").isZero();
        assertThat(Files.readString(Path.of(elsewhere))).contains("file: ../labels.csv");
        assertThat(new ExperimentReader(catalog).read(elsewhere, List.of()).toYaml())
                .contains("file: " + folder.resolve("labels.csv"));
    }

    @Test
    void anImageThatCannotBeReadIsAWarning() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        Files.writeString(folder.resolve("7.png"), "no image");
        init().isZero();
        assertThat(console.err()).contains("warning: ").contains("7.png: not JPEG, PNG, GIF, BMP, WebP or TIFF");
        assertThat(text()).contains("59 of the 60 that were opened can be read");
    }

    @Test
    void transparentImagesGetABackground() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        BufferedImage glass = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        ImageIO.write(glass, "png", folder.resolve("7.png").toFile());
        init().isZero();
        assertThat(console.out())
                .contains("1 of the 60 that were opened have transparent pixels, which are seen on white");
        assertThat(new ExperimentReader(catalog).read(task(), List.of()).toYaml())
                .contains("background: white");
    }

    @Test
    void columnsOfGroupsAreNamed() throws IOException {
        list("image,value,vendor,width,note", i -> squares(i) + "," + i % 4 + ",v" + i % 5 + ",0." + i + ",n" + i);
        init().isZero();
        assertThat(console.out().lines().filter(line -> line.contains("the column")))
                .containsExactly("  the column 'vendor' has 5 values: if images with the same one are alike, call it"
                        + " 'subject', and none will be in two splits");
        list("image,value,vendor,subject", i -> squares(i) + "," + i % 4 + ",v" + i % 5 + ",s" + i % 30);
        Files.delete(Path.of(task()));
        init().isZero();
        assertThat(console.out()).doesNotContain("the column");
    }

    @Test
    void aFileIsNotOverwritten() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        Files.writeString(Path.of(task()), "mine");
        init().isEqualTo(73);
        assertThat(console.err()).contains("task.yaml already exists").contains("delete this one");
        assertThat(text()).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image,values  | 1.png,7         | 65 | no column 'value'. Did you mean 'values'?",
                "image,value   | 1.png,seven     | 65 | labels.csv:2: column 'value': 'seven' is not a number",
                "image,value   | 1.png,7         | 65 | all 60 images have the number 7",
                "image,value   | /tmp/1.png,7    | 65 | '/tmp/1.png' is outside the folder",
                "image,value   | absent.png,7    | 66 | labels.csv:2: there is no file absent.png"
            })
    void whatTrainingCouldNotUseIsRefused(String header, String row, int exit, String message) throws IOException {
        list(header, i -> squares(i) == null ? "" : row);
        init().isEqualTo(exit);
        assertThat(console.err()).contains(message).contains("fix: ").doesNotContain("at io.numclip");
        assertThat(Path.of(task())).doesNotExist();
    }

    @Test
    void tooFewImagesAreRefused() throws IOException {
        Files.write(
                folder.resolve("labels.csv"),
                Stream.concat(Stream.of("image,value"), IntStream.range(0, 9).mapToObj(i -> squares(i) + "," + i))
                        .toList());
        init().isEqualTo(65);
        assertThat(console.err()).contains("9 images; at least 10 are needed");
    }

    @Test
    void oneSourceIsNeededAndNotTwo() {
        console.run("init").isEqualTo(64);
        console.run("init", "--csv", csv(), "--folder", "images").isEqualTo(64);
    }

    @Test
    void aSourceThatIsNotThereIsNamedByItsOption() {
        String absent = folder.resolve("absent").toString();
        console.run("init", "--folder", absent).isEqualTo(66);
        assertThat(console.err())
                .contains(absent + ": no such folder", "fix: name the folder of label folders with --folder");
        console.run("init", "--csv", absent).isEqualTo(66);
        assertThat(console.err()).contains(absent + ": no such file", "fix: name the list of images with --csv");
    }

    @Test
    void wordsMayBeSaid() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        init("--words", "calm<2,rough").isZero();
        assertThat(text()).contains("{concept: calm, below: 2}   # 30 images", "{concept: rough}   # 30 images");
        Files.delete(Path.of(task()));
        init("--words", "calm").isEqualTo(64);
        assertThat(console.err()).contains("--words: expected two words or more");
    }

    /** Figures of them would be zeros. */
    @Test
    void numbersThatLieTooNearTogetherAreRefused() throws IOException {
        list("image,value", i -> squares(i) + ",0.000000" + (1 + i % 3));
        init().isEqualTo(65);
        assertThat(console.err())
                .contains(
                        "labels.csv: the numbers lie between 0.0000001 and 0.0000003; at least 0.0001 must be between",
                        "fix: take a smaller unit");
        assertThat(Path.of(task())).doesNotExist();
        list("image,value", i -> squares(i) + ",0.100" + i % 2);
        init().isZero();
    }

    /** As it stands there, into a shell. */
    @Test
    void theNextCommandCanBeCopied() throws IOException {
        list("image,value", i -> squares(i) + "," + i % 4);
        init().isZero();
        assertThat(console.out()).contains("then run: ./numclip train '" + task() + "'");
        assertThat(text()).contains("#   ./numclip train '" + "task.yaml' --out runs/mine");
    }

    @Test
    void aTrialProposesSettingsAndSaysWhatItTried() throws IOException {
        String[] splits = {"train", "train", "train", "val", "test"};
        list(
                "image,value,split,subject",
                40,
                i -> String.join(",", squares(i), String.valueOf(i % 4), splits[i % 5], splits[i % 5])); // two parts
        console.run("init", "--csv", csv(), "--out", task(), "--unit", "steps").isZero();
        assertThat(console.err()).contains("trying what could be proposed", "  image tower at 1e-3, images warped");
        assertThat(console.out().lines())
                .anyMatch(line -> line.matches("Tried on \\d+ training images; MAE of \\d+ predictions .*, in steps:"))
                .anyMatch(line ->
                        line.matches("  no CLIP: nearest neighbours of pixels +0(\\.0+)?")) // colours are the numbers
                .anyMatch(line -> line.matches("  image tower at 1e-3, images warped +[\\d.]+  \\d+ epochs?.*"))
                .contains("Proposed: no CLIP: nearest neighbours of pixels.")
                .filteredOn(line -> !line.startsWith("Wrote "))
                .allMatch(line -> line.length() <= 100);
        assertThat(text()).contains("# Tried on ", "# Proposed: ", "method: neighbours");
        String run = folder.resolve("run").toString();
        console.run("train", task(), "--out", run, "--quiet").isZero();
        console.run("predict", run, folder.resolve("3.png"), "--format", "csv").isZero();
        assertThat(console.out()).contains("3.png,3");
    }

    private AbstractIntegerAssert<?> init(String... more) {
        return console.run("init", "--csv", csv(), "--out", task(), "--no-trial", more);
    }

    private String csv() {
        return folder.resolve("labels.csv").toString();
    }

    private String task() {
        return folder.resolve("task.yaml").toString();
    }

    /** With the name of the temporary folder left out. */
    private String text() throws IOException {
        return Files.readString(Path.of(task())).replace(folder + "/", "");
    }

    private void list(String header, IntFunction<String> row) throws IOException {
        list(header, 60, row);
    }

    private void list(String header, int images, IntFunction<String> row) throws IOException {
        Files.write(
                folder.resolve("labels.csv"),
                Stream.concat(Stream.of(header), IntStream.range(0, images).mapToObj(row))
                        .toList());
    }

    /** @return the name of a new image */
    private String squares(int index) {
        try {
            ImageIO.write(square(index), "png", folder.resolve(index + ".png").toFile());
            return index + ".png";
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static BufferedImage square(int index) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(index % 4 * 80, 100, index));
        graphics.fillRect(0, 0, 16, 16);
        graphics.dispose();
        return image;
    }
}
