package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TrainedRun;
import io.numclip.storage.Fingerprint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model learns from few labels how far it is off. */
@Tag("ci")
class RecalibrateEndToEndTest {

    private static final int IMAGES = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TestingConsole console;
    private Path run;
    private Path fresh;

    @BeforeEach
    void trainOnce() throws IOException {
        console = TestingConsole.in(folder);
        run = folder.resolve("run");
        fresh = folder.resolve("run-recalibrated");
        TrainedRun.copy(run);
        for (int n = 0; n < IMAGES; n++) {
            draw(n);
        }
    }

    private void draw(int index) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(10 * index, 10 * index, index));
        graphics.fillRect(0, 0, 40, 40);
        graphics.dispose();
        ImageIO.write(image, "png", folder.resolve(index + ".png").toFile());
    }

    private JsonNode predicted(Path model, int index) throws IOException {
        console.run("predict", model, folder.resolve(index + ".png"), "--format", "jsonl")
                .isZero();
        return JSON.readTree(console.out());
    }

    private double[] values(Path model) throws IOException {
        console.run("predict", model, folder.resolve("*.png"), "--format", "jsonl")
                .isZero();
        double[] values = new double[IMAGES];
        for (String row : console.out().lines().toList()) {
            JsonNode image = JSON.readTree(row);
            String name = Path.of(image.get("file").asText()).getFileName().toString();
            values[Integer.parseInt(name.replace(".png", ""))] =
                    image.get("value").asDouble();
        }
        return values;
    }

    private Path list(String name, IntToDoubleFunction label) throws IOException {
        List<String> rows = new ArrayList<>(List.of("image,value"));
        for (int n = 0; n < IMAGES; n++) {
            rows.add(n + ".png," + Math.max(0, Math.min(10, label.applyAsDouble(n))));
        }
        return Files.write(folder.resolve(name), rows);
    }

    private static Map<String, String> bytes(Path folder) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(file.toString(), new Fingerprint().add(file).hex());
            }
        }
        return bytes;
    }

    @Test
    void aPlantedOffsetIsFoundAndKeptBesideTheOldModel() throws IOException {
        double[] before = values(run);
        Path list = list("offset.csv", n -> before[n] + 2 + n % 3 - 1);
        Map<String, String> old = bytes(run);
        console.run("recalibrate", run, list).isZero();
        assertThat(console.out())
                .contains("20 labelled images.", "The new number is the old number + ", "New model: " + fresh)
                .contains("calibrated anew");
        assertThat(bytes(run)).isEqualTo(old);

        double[] after = values(fresh);
        for (int n = 0; n < IMAGES; n++) {
            assertThat(after[n]).as("of %s", before[n]).isBetween(before[n] + 1, Math.min(10, before[n] + 3));
        }
        JsonNode one = predicted(fresh, 3);
        assertThat(one.get("value").asDouble())
                .isBetween(one.get("lower").asDouble(), one.get("upper").asDouble());
        console.run("predict", fresh, folder.resolve("3.png"), "--explain").isZero();
        assertThat(console.out()).doesNotContain("not explained: what each concept", "the words are surer");
        console.run("evaluate", fresh).isZero();

        console.run("recalibrate", run, list).isEqualTo(73);
        console.run("recalibrate", fresh, list, "--out", folder.resolve("again"))
                .isZero();
        assertThat(console.out()).contains("No model is written").contains("they stay");
        console.run("train", "--resume", fresh).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("a recalibrated model has no training of its own", "evaluate ");
        console.run("report", fresh).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void itIsHandedOn() throws IOException {
        double[] before = values(run);
        Path list = list("slope.csv", n -> 0.6 * before[n] + 1);
        Path exported = folder.resolve("exported");
        console.run("export", run, exported).isZero();
        Map<String, String> old = bytes(exported);
        console.run("recalibrate", exported, list, "--out", fresh).isZero();
        assertThat(console.out()).contains("The new number is 0.", " · the old number + ");
        assertThat(bytes(exported)).isEqualTo(old);
        double[] after = values(fresh);
        assertThat(after).isNotEqualTo(before);
        Path again = folder.resolve("again");
        console.run("export", fresh, again).isZero();
        assertThat(again.resolve("README.md")).content().contains("Recalibrated on 20 images: the number is 0.");
        assertThat(values(again)).isEqualTo(after);
        console.run("report", again).isZero();
        assertThat(console.out()).contains("recalibrated", "· the network's number + ");
        console.run("export", fresh, "--to", "onnx", folder.resolve("model.onnx"))
                .isZero();
    }

    @Test
    void nothingIsWrittenWhereNothingIsBetter() throws IOException {
        double[] before = values(run);
        Path list = list("same.csv", n -> before[n] + n % 3 - 1);
        console.run("recalibrate", run, list).isZero();
        assertThat(console.out()).contains("Numbers stay", "No model is written");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void intervalsThatHoldTooLittleAreCalibratedAnew() throws IOException {
        double[] before = values(run);
        Path list = list("wide.csv", n -> n % 4 < 2 ? 10 - before[n] / 10 : before[n] / 10);
        console.run("recalibrate", run, list).isZero();
        assertThat(console.out()).contains("where 90 % are promised. They are calibrated anew, and hold ");
    }

    @Test
    void wrongListsAreAnsweredByLine() throws IOException {
        refuse(65, "no column 'value'", "image,age", "0.png,3");
        refuse(65, "bad.csv:2: column 'value': 'many' is not a number", "image,value", "0.png,many");
        refuse(65, "bad.csv:2: column 'value': '' is not a number", "image,value", "0.png,");
        refuse(65, "bad.csv:3: column 'value': 12 is outside 0.0 to 10.0", "image,value", "0.png,1", "1.png,12");
        refuse(66, "there is no file absent.png", "image,value", "absent.png,3");
        refuse(65, "no images found", "image,value");
        refuse(65, "1 labelled image: at least 6 different ones are needed", "image,value", "0.png,1");
        Files.copy(folder.resolve("0.png"), folder.resolve("copy.png"));
        refuse(
                65,
                "5 labelled images: at least 6 different ones",
                "image,value",
                "0.png,1",
                "0.png,1",
                "copy.png,1",
                "1.png,1",
                "2.png,1",
                "3.png,1",
                "4.png,2");
        console.run("recalibrate", folder, folder.resolve("bad.csv")).isEqualTo(66);
    }

    private void refuse(int code, String message, String... rows) throws IOException {
        Path list = Files.write(folder.resolve("bad.csv"), List.of(rows));
        console.run("recalibrate", run, list).isEqualTo(code);
        assertThat(console.err()).contains(message, "fix: ");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void anImageThatCannotBeReadIsLeftOut() throws IOException {
        double[] before = values(run);
        Path list = list("some.csv", n -> before[n] + 2);
        Files.writeString(folder.resolve("7.png"), "no image");
        console.run("recalibrate", run, list).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err()).contains("7.png is left out: ");
        assertThat(console.out()).contains("19 labelled images.", "New model: ");
    }
}
