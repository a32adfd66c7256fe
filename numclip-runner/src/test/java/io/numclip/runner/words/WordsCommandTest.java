package io.numclip.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.TinyClip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsCommandTest {

    @TempDir
    Path folder;

    private TestingConsole console;
    private String model;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
        model = "backbone.model=" + TinyClip.in(folder.resolve("clip")).directory();
    }

    @Test
    void aProposalStandsBesideTheRecipeAndCanBePasted() throws IOException {
        Path out = folder.resolve("words.yaml");
        console.run("words", "brightness", "--set", model, "--out", out).isZero();
        assertThat(console.out())
                .contains("recipe's word", "dark", "ordinality", "right of 32 training", "right of 16 validation")
                .contains("Written: " + out);
        console.run("words", "brightness", "--set", model, "--out", out)
                .as("an earlier one is replaced")
                .isZero();
        Files.writeString(out, "task: {type: brightness}\n" + Files.readString(out));
        console.run("split", out, "--out", folder.resolve("split.csv")).isZero();
    }

    /** A task in YAML alone, as a beginner writes it. */
    @Test
    void aTaskOfOnesOwnGetsWordsAndNoNumbers() throws IOException {
        StringBuilder list = new StringBuilder("image,value\n");
        for (int i = 0; i < 24; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 16, i / 16, i << 8);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            list.append(i).append(".png,").append(i % 4).append('\n');
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Path task = Files.writeString(folder.resolve("ages.yaml"), """
                task:
                  type: generic
                  name: stages
                  minimum: 0
                  maximum: 3
                  unit: stages
                  data: {format: csv, file: labels.csv, validation: 0.25, test: 0.25}
                binning:
                  type: fixed
                  bins:
                    - {concept: a baby, below: 0.5}
                    - {concept: a child, below: 1.5}
                    - {concept: a grown one, below: 2.5}
                    - {concept: an old person}
                """);
        console.run("words", task, "--set", model).isZero();
        assertThat(console.out())
                .startsWith("17 words for 4 bins, ")
                .contains("No other words are known for a grown one: --candidates FILE names some (docs/words.md).")
                .doesNotContain("  zero", "  two", "'2'");
    }

    @Test
    void candidatesOfTheUserAreChecked() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"), "words: {dark: [black], gray: [black], bright: [white]}");
        console.run("words", "brightness", "--set", model, "--candidates", file).isEqualTo(78);
        assertThat(console.err()).contains("'black' is a candidate for 'dark' and for 'gray'");
        Files.writeString(file, "words: {dark: []}");
        console.run("words", "brightness", "--set", model, "--candidates", file).isEqualTo(78);
        assertThat(console.err()).contains("words needs at least one word for 'dark'");
    }

    @Test
    void aTemplateThatIsTooLongIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                "words: {dark: [black], gray: [dim], bright: [white]}\ntemplates: [\"" + "word ".repeat(80) + "{}\"]");
        console.run("words", "brightness", "--set", model, "--candidates", file).isEqualTo(78);
        assertThat(console.err()).contains("tokens; this CLIP reads at most");
    }

    @Test
    void aBinningThatMakesItsWordsHasNoneToChoose() {
        console.run("words", "brightness", "--set", model, "--set", "binning={type: integer}")
                .isEqualTo(78);
        assertThat(console.err()).contains("the binning 'integer' makes its own words");
    }

    @Test
    void noOtherFileIsReplaced() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.md"), "mine");
        words("brightness", mine).isEqualTo(73);
        assertThat(console.err()).contains("mine.md: already exists, and was not written by this command");
        assertThat(mine).hasContent("mine");

        Path task = Files.writeString(folder.resolve("task.yaml"), WordsCommand.FOUND + "\ntask: {type: brightness}\n");
        words(task, task).isEqualTo(73);
        assertThat(console.err()).contains("task.yaml: is read by this command");
        Path candidates = Files.writeString(folder.resolve("c.yaml"), WordsCommand.OWN + "\nwords: {dark: [black]}\n");
        words("brightness", candidates, "--candidates", candidates).isEqualTo(73);
        assertThat(console.err()).contains("c.yaml: is read by this command");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidBeforeTheWork() {
        words("no-such-task", folder.resolve("no/such/words.yaml")).isEqualTo(73);
        words("no-such-task", folder).isEqualTo(73);
    }

    private AbstractIntegerAssert<?> words(Object recipe, Path out, Object... further) {
        return console.run("words", recipe, "--set", model, "--out", out, further);
    }

    @Test
    void wordsNeedATaskAndImages() {
        console.run("words").isEqualTo(64);
        console.run("words", "brightness", "--images", "0").isEqualTo(64);
    }

    @Test
    void anUnknownTaskIsAConfigurationError() {
        console.run("words", "agee").isEqualTo(78);
        assertThat(console.err()).startsWith("error: task agee  task.type: there is no task \"agee\"");
    }
}
