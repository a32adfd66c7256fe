package io.numclip.runner.scale;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Squares of which the brighter one was said to be more, and the numbers of eight of them. */
@Tag("ci")
class ScaleEndToEndTest {

    private static final int IMAGES = 50;

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path pairs;
    private Path numbers;
    private Path out;

    @BeforeEach
    void draw() throws IOException {
        console = TestingConsole.in(folder);
        out = folder.resolve("scaled.csv");
        Files.createDirectory(folder.resolve("squares"));
        Random random = new Random(1);
        List<String> said = new ArrayList<>(List.of("image,other,more,labeller"));
        List<String> known = new ArrayList<>(List.of("image,value,camera"));
        for (int i = 0; i < IMAGES; i++) {
            square("squares/" + i + ".png", 5 * i);
            for (int k = 0; k < 5; k++) {
                int other = (i + 1 + random.nextInt(IMAGES - 1)) % IMAGES;
                String more = i / 5 == other / 5 ? "equal" : i > other ? "image" : "Other";
                said.add("squares/" + i + ".png,squares/" + other + ".png," + more + ",anna");
            }
            if (i % 6 == 0) {
                known.add("squares/" + i + ".png," + i + ",old");
            }
        }
        pairs = Files.write(folder.resolve("pairs.csv"), said);
        numbers = Files.write(folder.resolve("numbers.csv"), known);
    }

    private void square(String name, int brightness) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(brightness, brightness, brightness));
        graphics.fillRect(0, 0, 32, 32);
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void comparisonsBecomeAListThatIsTrainedOn() throws IOException {
        console.run("scale", pairs, "--numbers", numbers, "--out", out, "--backbone", CLIP)
                .isZero();
        assertThat(console.out())
                .startsWith("50 images, 250 comparisons, ")
                .contains("; 9 numbers\n", "40 images to train, 5 for validation, 5 for the test\n")
                .contains("A scale that is learned from training images alone is right about ")
                .contains("Next: ", " init --csv " + out)
                .doesNotContain("--root");
        List<String> rows = Files.readAllLines(out);
        assertThat(rows).hasSize(IMAGES + 1);
        assertThat(rows.get(0)).isEqualTo("image,value,split,from,more than,equal to,camera");
        assertThat(rows).anyMatch(row -> row.matches("squares/42\\.png,42,(train|validation|test),people,.+\\|.+,old"));
        assertThat(rows).anyMatch(row -> row.matches("squares/1\\.png,[-0-9.]+,.+,comparisons,.*"));
        console.run("scale", pairs, "--out", out, "--backbone", CLIP).isEqualTo(73);
        assertThat(console.err()).contains("scaled.csv: already exists");

        Path task = folder.resolve("task.yaml");
        console.run("init", "--csv", out, "--no-trial", "--out", task).isZero();
        console.run(
                        "train",
                        task,
                        "--out",
                        folder.resolve("run"),
                        "--method",
                        "regression",
                        "--set",
                        "backbone.model=" + CLIP,
                        "--set",
                        "training.epochs=2",
                        "--set",
                        "losses=[{type: absolute-error}, {type: bradley-terry, width: 4}]")
                .isZero();
        assertThat(console.out().replaceAll("\\s+", " "))
                .containsPattern("Of \\d+ comparisons with a test image its numbers agree with \\d+ %")
                .containsPattern("Kendall's tau-b: −?\\d\\.\\d\\d")
                .containsPattern("the numbers of \\d of 5 test images follow from comparisons");
        assertThat(Files.readString(folder.resolve("run/epochs.csv"))).contains("bradley-terry");
    }

    @Test
    void withoutNumbersTheScaleIsOfRanks() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("lists")).resolve("ranks.csv");
        console.run("scale", pairs, "--out", elsewhere, "--backbone", CLIP).isZero();
        assertThat(console.out()).contains("; no numbers: ranks from 0 to 100\n", " --root " + folder);
        assertThat(Files.readAllLines(elsewhere)).anyMatch(row -> row.contains(".png,100,train,comparisons,"));
    }

    @Test
    void everyWrongLineIsNamedAtOnce() throws IOException {
        Files.write(
                pairs,
                List.of(
                        "image,other,more",
                        "squares/1.png,squares/2.png,left",
                        "squares/1.png,squares/1.png,equal",
                        "squares/1.png,,image",
                        "squares/1.png,squares/none.png,image"));
        console.run("scale", pairs, "--out", out).isEqualTo(65);
        assertThat(console.err())
                .contains("column 'more': 'left' is neither image, other nor equal")
                .contains("'squares/1.png' is compared with itself")
                .contains("expected two images, found 'squares/1.png' and ''");
        Files.write(pairs, List.of("image,other,more", "squares/1.png,squares/none.png,image"));
        console.run("scale", pairs, "--out", out).isEqualTo(66);
        assertThat(console.err()).contains("there is no file squares/none.png");
        Files.write(pairs, List.of("left,right,more"));
        console.run("scale", pairs, "--out", out).isEqualTo(65);
        assertThat(console.err()).contains("no column 'image'", "fix: name two images and which is more");
        console.run("scale", folder.resolve("no.csv"), "--out", out).isEqualTo(66);
        console.run("scale", pairs, "--out", out, "--test", "0.7").isEqualTo(64);
        assertThat(console.err()).contains("--test must be a share from 0.01 to below 0.5; found 0.7");
        assertThat(out).doesNotExist();
    }
}
