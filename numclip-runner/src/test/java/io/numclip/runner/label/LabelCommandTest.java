package io.numclip.runner.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.label.AnswerFile;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {

    private static final int COUNT = 12;
    private static final String WORDS = "unripe=0, ripe=4, overripe=8";

    @TempDir
    private Path folder;

    private TestingConsole console;
    private Path photos;
    private Path list;

    @BeforeEach
    void draw() throws IOException {
        console = TestingConsole.in(folder);
        photos = Files.createDirectory(folder.resolve("photos"));
        list = folder.resolve("labels.csv");
        for (int i = 0; i < COUNT; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            image.setRGB(16, 16, new Color(20 * i, 0, 0).getRGB());
            ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
        }
    }

    @Test
    void aFolderWithoutImagesIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        console.run("label", empty, "--words", WORDS, "--out", list).isEqualTo(66);
        assertThat(console.err()).contains("no image in " + empty);
        console.run("label", folder.resolve("none"), "--words", WORDS).isEqualTo(66);
        assertThat(console.err()).contains("none: no such folder");
        assertThat(AnswerFile.beside(list)).doesNotExist();
    }

    @Test
    void aFolderOfOnePictureIsRefused() throws IOException {
        Path twins = Files.createDirectory(folder.resolve("twins"));
        Files.copy(photos.resolve("1.png"), twins.resolve("a.png"));
        Files.copy(photos.resolve("1.png"), twins.resolve("b.png"));
        console.run("label", twins, "--words", WORDS, "--out", list).isEqualTo(65);
        assertThat(console.err())
                .containsSubsequence(
                        "1 image left out: the same picture as another\n",
                        "fewer than two different images can be read");
    }

    @Test
    void aScaleIsNeeded() {
        console.run("label", photos, "--out", list).isEqualTo(64);
        assertThat(console.err())
                .isEqualTo("error: no scale: neither --words nor --task is given\n  fix: name the ends, like --words"
                        + " \"unripe=0, ripe=4, overripe=8\" --unit days, or a task, like --task age\n");
        console.run("label", photos, "--out", list, "--words", WORDS, "--task", "age")
                .isEqualTo(64);
        assertThat(console.err()).contains("--words and --task are both given");
        console.run("label", photos, "--out", list, "--words", "low,high").isEqualTo(64);
        assertThat(console.err()).contains("each with the number that it stands for", "no number of 'low'");
        assertThat(AnswerFile.beside(list)).doesNotExist();
    }

    @Test
    void theListOfSomebodyElseIsNotReplaced() throws IOException {
        Files.writeString(list, "image,value\n");
        console.run("label", photos, "--out", list, "--words", WORDS).isEqualTo(73);
        assertThat(console.err()).contains("labels.csv: already exists, and no answers are beside it");
        assertThat(list).hasContent("image,value\n");
    }

    @Test
    void answersAboutAnotherFolderOrScaleAreRefused() throws IOException {
        AnswerFile.create(AnswerFile.beside(list), new AnswerFile.About(1, "photos", WORDS, "days", null));
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(photos.resolve("1.png"), other.resolve("1.png"));
        console.run("label", other, "--out", list).isEqualTo(64);
        assertThat(console.err()).contains("has answers about the images of " + photos + ", not of " + other);
        console.run("label", photos, "--out", list, "--words", "low=0,high=9").isEqualTo(64);
        assertThat(console.err())
                .contains("the answers there are on another scale: --words \"" + WORDS + "\" --unit days");
    }

    @Test
    void answersAreExportedToAnyPlace() throws IOException {
        console.run("label", photos, "--out", list, "--export", folder.resolve("x.csv"))
                .isEqualTo(66);
        Files.writeString(
                AnswerFile.beside(list),
                "{\"labels\":1,\"folder\":\"photos\",\"words\":\"" + WORDS + "\",\"unit\":\"days\",\"task\":null}\n"
                        + "{\"id\":1,\"by\":\"anna\",\"at\":\"2026-01-02T12:00:00Z\",\"image\":\"1.png\",\"said\":\"value\",\"value\":4}\n");
        Path elsewhere = Files.createDirectory(folder.resolve("lists")).resolve("x.csv");
        console.run("label", photos, "--out", list, "--export", elsewhere).isZero();
        assertThat(elsewhere).hasContent("image,value,labeller\n1.png,4,anna");
        assertThat(console.out()).isEqualTo("Wrote " + elsewhere + "; who reads it needs --root " + photos + "\n");
    }

    @Test
    void whatLabelStudioHasIsTakenOnceAndGivenBack() throws IOException {
        AnswerFile.create(AnswerFile.beside(list), new AnswerFile.About(1, "photos", WORDS, "days", null));
        Path tasks = folder.resolve("tasks.json");
        String head =
                "[{\"data\":{\"image\":\"/data/upload/1/0a1b2c3d-1.png\"},\"annotations\":[{\"completed_by\":7,\"result\":[";
        Files.writeString(
                tasks,
                head + "{\"type\":\"number\",\"value\":{\"number\":3}}]}]},"
                        + "{\"data\":{\"image\":\"/data/local-files/?d="
                        + photos.toString().substring(1) + "/2.png\"},"
                        + "\"annotations\":[{\"result\":[{\"type\":\"choices\",\"value\":{\"choices\":[\"ripe\"]}}]}]},"
                        + "{\"data\":{\"a\":\"x/1.png\",\"b\":\"x/2.png\"},"
                        + "\"annotations\":[{\"result\":[{\"type\":\"pairwise\",\"value\":{\"selected\":\"right\"}}]}]},"
                        + "{\"data\":{\"image\":\"3.png\"},"
                        + "\"annotations\":[{\"result\":[{\"type\":\"rating\",\"value\":{\"rating\":99}}]}]}]");

        console.run("label", photos, "--out", list, "--import", tasks).isZero();
        assertThat(console.out()).isEqualTo("Took 3 new answers; 1 without an image or a number of the scale\n");
        assertThat(list).hasContent("image,value,labeller\nphotos/1.png,3,annotator 7\nphotos/2.png,4,annotator");
        assertThat(folder.resolve("labels.pairs.csv"))
                .hasContent("image,other,more,labeller\nphotos/1.png,photos/2.png,other,annotator");
        console.run("label", photos, "--out", list, "--import", tasks).isZero();
        assertThat(console.out()).startsWith("Took 0 new answers");

        Path given = folder.resolve("given.json");
        console.run("label", photos, "--out", list, "--export", given).isZero();
        assertThat(Files.readString(given)).contains("\"number\" : 3.0", "\"selected\" : \"right\"");
        Path other = folder.resolve("other.csv");
        AnswerFile.create(AnswerFile.beside(other), new AnswerFile.About(1, "photos", WORDS, "days", null));
        console.run("label", photos, "--out", other, "--import", given).isZero();
        assertThat(console.out()).isEqualTo("Took 3 new answers\n");
    }

    @Test
    @Tag("ci")
    void aFolderIsLabelledAndTheListCanBeTrainedOn() throws Exception {
        Files.writeString(photos.resolve("bad.png"), "no picture");
        Files.copy(photos.resolve("1.png"), photos.resolve("twin.png"));
        int[] code = {-1};
        Thread command = new Thread(() -> {
            console.run(
                            "label", photos, "--out", list, "--words", WORDS, "--unit", "days", "--name", "anna",
                            "--port", "0")
                    .satisfies(each -> code[0] = each);
        });
        command.start();
        String address = address(command);
        for (int i = 0; i < COUNT; i++) {
            HttpRequest answer = HttpRequest.newBuilder(URI.create(address + "questions/number"))
                    .POST(BodyPublishers.ofString("{\"id\":" + (i + 1) + ",\"image\":\"" + i
                            + ".png\",\"said\":\"value\",\"value\":" + i % 9 + "}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(answer, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        command.interrupt();
        command.join();

        assertThat(code[0]).isZero();
        assertThat(console.err())
                .contains("bad.png is left out: ", "not JPEG, PNG", "1 image left out: the same picture as another\n");
        assertThat(console.out())
                .contains(
                        "Label " + COUNT + " images at http://127.0.0.1:",
                        COUNT + " images of " + COUNT + " with a number",
                        "labels.csv. Train on it: ./numclip init --csv ",
                        "--unit days --words '" + WORDS + "'");
        Path task = folder.resolve("task.yaml");
        console.run("init", "--csv", list, "--unit", "days", "--words", WORDS, "--out", task, "--no-trial")
                .isZero();
        assertThat(Files.readString(task)).contains("unripe", "overripe");
    }

    private String address(Thread command) throws InterruptedException {
        Matcher found = Pattern.compile("http://\\S+/").matcher(console.out());
        while (!found.find()) {
            assertThat(command.isAlive()).as(console.err()).isTrue();
            Thread.sleep(20);
            found.reset(console.out());
        }
        return found.group();
    }
}
