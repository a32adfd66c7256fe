package io.numclip.runner.check;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import io.numclip.server.page.Accessibility;
import io.numclip.server.page.Browser;
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

/** A list of squares, as bright as their number says but for one, with a twin, a strange and an unreadable image. */
@Tag("ci")
class CheckEndToEndTest {

    private static final int IMAGES = 60;
    private static final String WRONG = "17.png";

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private TestingConsole console;
    private Path list;
    private Path out;

    @BeforeEach
    void draw() throws IOException {
        console = TestingConsole.in(folder);
        out = folder.resolve("found");
        List<String> lines = new ArrayList<>(List.of("image,steps,split,camera"));
        for (int i = 0; i < IMAGES; i++) {
            int label = i % 6;
            square(i + ".png", 40 * label + 20);
            lines.add(i + ".png," + (i == 17 ? 0 : label) + "," + (i % 4 == 0 ? "test" : i % 4 == 1 ? "val" : "train")
                    + ",\"a \"\"b\"\", %\"");
        }
        Files.copy(folder.resolve("8.png"), folder.resolve("twin.png"));
        Files.writeString(folder.resolve("broken.png"), "no image");
        lines.add("twin.png,4,train,");
        lines.add("broken.png,3,train,");
        list = Files.write(folder.resolve("squares.csv"), lines);
    }

    @Test
    void whatIsWrongIsFoundAndTheListCanBeMended() throws IOException {
        check();
        List<String> rows = Files.readAllLines(out.resolve("suspects.csv"));
        assertThat(rows.get(0)).isEqualTo("image,split,label,predicted,what,score,reason");
        assertThat(rows.get(1)).startsWith("broken.png,train,3,,unreadable,1.0000,");
        assertThat(rows)
                .anyMatch(row -> row.startsWith("8.png,test,2,")
                        && row.contains(",twin,1.0000,\"nearly the same" + " as twin.png, label 4, of train\""));
        assertThat(rows).anyMatch(row -> row.startsWith("twin.png,train,4,") && row.contains(",twin,"));
        assertThat(rows.stream().skip(1).filter(row -> row.contains(",label,")).findFirst())
                .get()
                .asString()
                .startsWith(WRONG + ",validation,0,5,label,");
        assertThat(console.out())
                .contains("62 images; ", "    1 cannot be read", "    2 nearly the same as another image")
                .contains("Written: " + out.resolve("suspects.csv"));
        String page = Files.readString(out.resolve("check.html"));
        assertThat(page)
                .contains("script-src &#39;sha256-", "data-row=", "images like it have 5, not 0")
                .contains("[&quot;image&quot;,&quot;steps&quot;,&quot;split&quot;,&quot;camera&quot;]")
                .contains(
                        "[&quot;17.png&quot;,&quot;0&quot;,&quot;validation&quot;,&quot;a \\&quot;b\\&quot;, \\u0025&quot;]");
    }

    @Test
    void plainPixelsAreEnoughForWhatIsAtOnePlace() throws IOException {
        check("pixels");
        assertThat(Files.readAllLines(out.resolve("suspects.csv")))
                .anyMatch(row -> row.startsWith(WRONG + ",validation,0,5,label,"));
    }

    @Test
    void labelsAreMendedWithKeysAndTheListIsOneToTrainOn() throws IOException {
        check();
        try (Browser browser = Browser.open()) {
            browser.go(out.resolve("check.html").toUri().toString());
            browser.script("""
                const type = (i, text, key) => {
                  const input = document.querySelectorAll('[data-row] input')[i];
                  input.value = text;
                  input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                };
                type(0, '5', 'Enter');
                type(1, 'many', 'Enter');
                type(2, '', 'f');
                type(3, '1', 'Enter');
                type(3, '', 'Escape');
                document.getElementById('show').click();
                """);
            assertThat(browser.script("return document.getElementById('state').textContent"))
                    .isEqualTo("1 changed, 1 fine");
            assertThat(browser.script("return document.querySelectorAll('[aria-invalid=true]').length"))
                    .isEqualTo(1L);
            Path corrected = Files.writeString(folder.resolve("corrected.csv"), (String)
                    browser.script("return document.getElementById('copy').value"));
            assertThat(Files.readAllLines(corrected))
                    .hasSize(IMAGES + 3)
                    .contains(
                            "image,steps,split,camera",
                            "broken.png,5,train,",
                            "17.png,0,validation,\"a \"\"b\"\", %\"");
            assertThat(browser.complaints()).isEmpty();
            assertThat(new Accessibility(browser).violations()).isEmpty();
            console.run(
                            "init",
                            "--csv",
                            corrected,
                            "--label-column",
                            "steps",
                            "--no-trial",
                            "--out",
                            folder.resolve("t.yaml"))
                    .isZero();
        }
    }

    @Test
    void aTrainingNamesTheSurestDoubts() throws IOException {
        Path task = folder.resolve("task.yaml");
        Files.writeString(list, Files.readString(list).replace("broken.png,3,train,\n", ""));
        console.run("init", "--csv", list, "--label-column", "steps", "--no-trial", "--out", task)
                .isZero();
        console.run(
                        "train",
                        task,
                        "--out",
                        out,
                        "--set",
                        "backbone.model=" + CLIP,
                        "--set",
                        "training.learningRates.imageEncoder=0",
                        "--set",
                        "training.epochs=1")
                .isZero();
        assertThat(console.out().replaceAll("\\s+", " "))
                .contains(" of 61 images are worth a look: ")
                .contains("8.png (nearly the same as twin.png, label 4, of train)")
                .contains(" check RUN/config.yaml' shows them");
        assertThat(Files.readString(out.resolve("metrics.json"))).contains("\"doubts\"");
        Path handedOn = folder.resolve("handed-on");
        console.run("export", out, handedOn).isZero();
        assertThat(Files.readString(handedOn.resolve("metrics.json")))
                .as("names may be of people")
                .contains("\"verdict\"")
                .doesNotContain("doubts", ".png");
        console.run("report", handedOn).isZero();
    }

    private void check() {
        check(CLIP.toString());
    }

    private void check(String model) {
        console.run(
                        "check",
                        list,
                        "--label-column",
                        "steps",
                        "--out",
                        out,
                        "--set",
                        "backbone.model=" + model,
                        "--quiet")
                .isZero();
    }

    @Test
    void aTaskIsCheckedAsItIs() throws IOException {
        console.run("check", "brightness", "--out", out, "--set", "backbone.model=" + CLIP, "--quiet")
                .isZero();
        assertThat(Files.readString(out.resolve("check.html")))
                .as("drawn images have no list to mend")
                .doesNotContain("<script>", "data-row");
        console.run("check", "brightness", "--out", out, "--set", "backbone.model=" + CLIP, "--quiet")
                .as("what an earlier check has written is replaced")
                .isZero();
    }

    @Test
    void whatCannotBeDoneIsRefused() throws IOException {
        console.run("check", folder.resolve("absent.csv")).isEqualTo(66);
        assertThat(console.err()).contains("absent.csv: no such file");
        Files.createDirectory(out);
        Files.writeString(out.resolve("mine.txt"), "of a user");
        console.run("check", list, "--out", out).isEqualTo(73);
        console.run("check", list, "--most", "-1").isEqualTo(64);
    }

    private void square(String name, int brightness) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int light = brightness + random.nextInt(5);
        graphics.setColor(new Color(light, light, light));
        graphics.fillRect(0, 0, 32, 32);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(random.nextInt(24), random.nextInt(24), 5, 5);
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
