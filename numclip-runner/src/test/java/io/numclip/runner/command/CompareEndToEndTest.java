package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compare} on the embedded CLIP and a few drawn squares. */
@Tag("ci")
class CompareEndToEndTest {

    private static final String NO_RATES =
            "{imageEncoder: 0, adapter: 0, context: 0, concepts: 0, coarseHead: 0, fineHead: 0}";

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path out;
    private boolean yardsticks;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
        out = folder.resolve("out");
    }

    @Test
    void whatIsFinishedIsNotTrainedAgain() throws IOException {
        compare("numclip,ridge").isZero();
        assertThat(trained()).containsExactly("1/2  brightness, numclip, seed 1", "2/2  brightness, ridge, seed 1");
        assertThat(console.out())
                .contains("brightness (6 test images in 6 clusters, MAE and RMSE in steps):")
                .containsPattern("(?m)^NumCLIP +\\d")
                .containsPattern("(?m)^ridge +\\d")
                .containsPattern("(?m)^constant +\\d");
        assertThat(out.resolve("compare.md")).content().contains("./numclip compare --out ", "--tasks brightness");
        String tables = tables();
        byte[] figures = Files.readAllBytes(out.resolve("compare.csv"));
        Map<String, FileTime> cells = cells();
        assertThat(cells).hasSize(2);

        compare("numclip,ridge").isZero();
        assertThat(trained()).isEmpty();
        assertThat(console.out()).contains("2 trainings, 2 of them done earlier");
        assertThat(tables()).isEqualTo(tables);
        assertThat(cells()).isEqualTo(cells);

        String ridge = cells.keySet().stream()
                .filter(cell -> cell.startsWith("ridge"))
                .findFirst()
                .orElseThrow();
        Files.delete(out.resolve("cells/brightness").resolve(ridge));
        compare("numclip,ridge").isZero();
        assertThat(trained()).containsExactly("2/2  brightness, ridge, seed 1");
        assertThat(out.resolve("compare.csv")).hasBinaryContent(figures); // the text has seconds of training too
        cells.remove(ridge);
        assertThat(cells()).containsAllEntriesOf(cells).hasSize(2);
    }

    @Test
    void aCellThatFailsIsReportedAndTheOthersGoOn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                "methods: [{name: stone, base: numclip, settings: {training.learningRates: " + NO_RATES
                        + "}}, ridge]\n");
        run(file.toString(), "--tasks", "brightness").isEqualTo(1);
        assertThat(console.err()).contains("1/2  brightness, stone, seed 1: failed", "fix: Set one of training");
        assertThat(trained()).containsExactly("2/2  brightness, ridge, seed 1");
        String reason = "failed: brightness, stone, seed 1: nothing to train: every learning rate is 0";
        assertThat(console.out()).containsPattern("(?m)^ridge +\\d").contains(reason);
        assertThat(out.resolve("compare.txt")).content().contains(reason);
        assertThat(out.resolve("compare.md")).content().contains("- " + reason);
    }

    @Test
    void anUnknownMethodToTestAgainstIsRefusedBeforeAnyTraining() {
        compare("numclip,ridge", "--against", "rigde").isEqualTo(78);
        assertThat(console.err()).contains("the comparison has no method \"rigde\". Did you mean 'ridge'?");
        assertThat(out).doesNotExist();
    }

    @Test
    void whereEveryCellFailsTheExitCodeIsThatOfTheFirst() {
        compare("numclip,cardiacclip", "--set", "training.learningRates=" + NO_RATES)
                .isEqualTo(78);
        assertThat(console.out()).contains("failed: brightness, numclip", "failed: brightness, cardiacclip");
    }

    @ParameterizedTest
    @CsvSource({"'1/2  brightness, ridge, seed 1: MAE',1", "the frozen image tower has encoded,0"})
    void askedToStopItKeepsWhatIsFinishedAndSaysHowToGoOn(String progress, int finished) throws IOException {
        List<String> cells = List.of("1/2  brightness, ridge, seed 1", "2/2  brightness, numclip, seed 1");
        console.stopAfter(progress);
        compare("ridge,numclip").isEqualTo(130);
        assertThat(trained()).isEqualTo(cells.subList(0, finished));
        assertThat(console.err())
                .endsWith("stopped; finished cells are kept. Run the same command to resume.\n")
                .doesNotContain("failed");
        assertThat(out.resolve("compare.txt")).doesNotExist();

        compare("ridge,numclip").isZero();
        assertThat(trained()).isEqualTo(cells.subList(finished, 2));
        assertThat(console.out()).contains("2 trainings, " + finished + " of them done earlier");
        assertThat(cells()).hasSize(2);
    }

    @Test
    void ratesAreSearchedOnValidationImagesOnceForAllSeeds() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                "{methods: [numclip, ridge], seeds: [1, 2], search: {factors: [1, 10], seed: 3}}");
        run(file.toString(), "--tasks", "brightness").isZero();
        assertThat(trained())
                .containsExactly(
                        "1/6  brightness, numclip, seed 3, trial of rates × 1.0: validation",
                        "2/6  brightness, numclip, seed 3, trial of rates × 10.0: validation",
                        "3/6  brightness, numclip, seed 1",
                        "4/6  brightness, ridge, seed 1",
                        "5/6  brightness, numclip, seed 2",
                        "6/6  brightness, ridge, seed 2");
        assertThat(out.resolve("search.csv"))
                .content()
                .startsWith("task,shots,shift,fold,method,seed,factor,validationMae,bestEpoch,chosen")
                .containsOnlyOnce("true")
                .containsOnlyOnce("false")
                .doesNotContain("ridge");
        String search = Files.readString(out.resolve("search.csv"));
        run(file.toString(), "--tasks", "brightness").isZero();
        assertThat(trained()).isEmpty();
        assertThat(out.resolve("search.csv")).hasContent(search);
    }

    @Test
    void ofChangedLabelsOrAChangedClipACellIsTrainedAgain() throws IOException {
        Path labels = images("dark.png,1\nbright.png,8\n");
        Path clip = Files.createDirectory(folder.resolve("clip"));
        Path embedded = ModelSource.parse(ShippedModel.EMBEDDED).directory();
        try (Stream<Path> files = Files.list(embedded)) {
            for (Path file : files.toList()) {
                Files.copy(file, clip.resolve(file.getFileName()));
            }
        }
        Object[] arguments = {
            "--set", "task.data.format=csv", "--set", "task.data.file=" + labels, "--set", "backbone.model=" + clip
        };
        compare("ridge", arguments).isZero();
        compare("ridge", arguments).isZero();
        assertThat(trained()).isEmpty();

        images("dark.png,2\nbright.png,8\n");
        compare("ridge", arguments).isZero();
        assertThat(trained()).hasSize(1);
        assertThat(console.err()).contains("ridge, seed 1: trained again, because of another state of the data");

        byte[] weights = Files.readAllBytes(clip.resolve("model.safetensors"));
        weights[weights.length - 4] ^= 1;
        Files.write(clip.resolve("model.safetensors"), weights);
        compare("ridge", arguments).isZero();
        assertThat(trained()).hasSize(1);
        assertThat(console.err()).contains("trained again, because of another state of the CLIP");
    }

    @Test
    void everyTableHasYardsticksOnFeaturesAndOnPixels() throws IOException {
        yardsticks = true;
        compare("ridge").isZero();
        assertThat(console.out())
                .containsPattern("(?m)^nearest neighbours, features +\\d")
                .containsPattern("(?m)^logistic regression, features +\\d")
                .containsPattern("(?m)^nearest neighbours, pixels +\\d")
                .containsPattern("(?m)^logistic regression, pixels +\\d");
        assertThat(cells()).hasSize(5);
    }

    /** Neither reads words, and neither has features before it learns. */
    @ParameterizedTest
    @CsvSource({"small-network, regression, 3e-4, 'L1, linear'", "pixels, ridge, 0, ridge"})
    void besideATowerWithoutWordsThereAreYardsticksOnPixels(String model, String method, String rate, String title)
            throws IOException {
        yardsticks = true;
        compare(method, "--set", "backbone.model=" + model, "--set", "training.learningRates.imageEncoder=" + rate)
                .isZero();
        assertThat(console.out())
                .containsPattern("(?m)^" + title + " +\\d")
                .containsPattern("(?m)^nearest neighbours, pixels +\\d")
                .containsPattern("(?m)^logistic regression, pixels +\\d")
                .doesNotContain("features", "failed");
        assertThat(console.err())
                .contains(
                        "backbone.model: " + model + " has no features before it learns, so yardsticks see pixels only;"
                                + " left out: nearest neighbours, features; logistic regression, features");
        assertThat(cells()).hasSize(3);
    }

    /** A list with each of the rows in every split. */
    private Path images(String rows) throws IOException {
        for (String name : List.of("dark.png", "bright.png")) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(4, 4, name.hashCode());
            ImageIO.write(image, "png", folder.resolve(name).toFile());
        }
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (String split : List.of("train", "validation", "test")) {
            rows.lines().forEach(row -> {
                String file = split + "-" + row.substring(0, row.indexOf(','));
                copy(row.substring(0, row.indexOf(',')), file);
                list.append(split)
                        .append('-')
                        .append(row)
                        .append(',')
                        .append(split)
                        .append('\n');
            });
        }
        return Files.writeString(folder.resolve("labels.csv"), list);
    }

    private void copy(String from, String to) {
        try {
            Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private AbstractIntegerAssert<?> compare(String methods, Object... further) {
        return run("--tasks", "brightness", "--methods", methods, further);
    }

    private AbstractIntegerAssert<?> run(Object... arguments) {
        String[] quick = {"--set", "training.epochs=1", "--set", "task.data.samples={train: 12, validation: 6, test: 6}"
        };
        String[] without = yardsticks ? new String[0] : new String[] {"--no-yardsticks"};
        return console.run("compare", "--out", out, quick, without, arguments);
    }

    /** The cells that this command has trained to their end. */
    private List<String> trained() {
        return console.err()
                .lines()
                .filter(line -> line.contains("MAE ") && line.contains("/"))
                .map(line -> line.replaceFirst(":? MAE .*", ""))
                .toList();
    }

    /** As they are printed, without the line about time and memory. */
    private String tables() throws IOException {
        String text = Files.readString(out.resolve("compare.txt"));
        assertThat(console.out()).contains(text.strip());
        return text.replaceFirst("(?m)^\\d+ trainings, .*\n", "") + Files.readString(out.resolve("compare.csv"));
    }

    private Map<String, FileTime> cells() throws IOException {
        Map<String, FileTime> cells = new TreeMap<>();
        try (Stream<Path> files = Files.list(out.resolve("cells/brightness"))) {
            for (Path file : files.toList()) {
                cells.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
            }
        }
        return cells;
    }
}
