package io.numclip.runner.command;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of JPEGs, two of which the decoder finds damaged. */
class DamagedImagesEndToEndTest {

    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() throws IOException {
        console = TestingConsole.in(folder);
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < IMAGES; i++) {
            boolean damaged = i == 3 || i == 39;
            Files.write(folder.resolve("square-" + i + ".jpg"), jpeg(i, damaged));
            String split = i < 20 ? "train" : i < 30 ? "validation" : "test";
            list.append("square-" + i + ".jpg," + i % 10 + "," + split + "\n");
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Files.writeString(folder.resolve("task.yaml"), """
                task:
                  type: generic
                  minimum: 0
                  maximum: 9
                  unit: steps
                  data: {format: csv, file: labels.csv}
                binning: {type: uniform, concepts: [small, middling, large]}
                training: {epochs: 1, learningRates: {imageEncoder: 0}}
                yardsticks: false
                """);
    }

    private static byte[] jpeg(int index, boolean damaged) throws IOException {
        BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 576; pixel++) {
            image.setRGB(pixel % 24, pixel / 24, 0x010101 * (6 * index));
        }
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", sound);
        byte[] bytes = sound.toByteArray();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        written.write(bytes, 0, bytes.length - 2);
        written.write(new byte[damaged ? 5 : 0]);
        written.write(bytes, bytes.length - 2, 2);
        return written.toByteArray();
    }

    @Test
    void trainEvaluateAndTheFileOfPredictionsNameThem() throws IOException {
        for (String run : new String[] {"first", "again"}) { // the second one finds all features in the cache
            Path out = folder.resolve(run);
            console.run("train", folder.resolve("task.yaml"), "--set", "backbone.model=" + CLIP, "--out", out)
                    .isZero();
            assertThat(console.err())
                    .containsOnlyOnce("warning: square-3.jpg is damaged, and used as it is: ")
                    .containsOnlyOnce("warning: square-39.jpg is damaged, and used as it is: ");
            assertThat(Files.readAllLines(out.resolve("predictions.csv")))
                    .first()
                    .asString()
                    .endsWith(",damaged");
            assertThat(Files.readAllLines(out.resolve("predictions.csv")))
                    .filteredOn(row -> !row.endsWith(","))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("square-39.jpg,");
        }
        console.run("evaluate", folder.resolve("first")).isZero();
    }
}
