package io.numclip.runner.command;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.message.ExitCodes;
import io.numclip.image.Background;
import io.numclip.image.ImageDecoder;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with transparent pixels, from the first warning to a model that was handed on. */
class BackgroundEndToEndTest {

    private static final int IMAGES = 40;

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path transparent;
    private Path flattened;

    @BeforeEach
    void start() throws IOException {
        console = TestingConsole.in(folder);
        StringBuilder list = new StringBuilder("image,value\n");
        for (int i = 0; i < IMAGES; i++) {
            String name = "disc-" + i + ".png";
            ImageIO.write(disc(i), "png", folder.resolve(name).toFile());
            list.append(name).append(',').append(i % 10).append('\n');
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Files.writeString(folder.resolve("task.yaml"), """
                task:
                  type: generic
                  minimum: 0
                  maximum: 9
                  unit: steps
                  data: {format: csv, file: labels.csv, validation: 0.25, test: 0.25}
                binning: {type: uniform, concepts: [small, middling, large]}
                training: {epochs: 1, learningRates: {imageEncoder: 0}}
                yardsticks: false
                """);
        transparent = folder.resolve("disc-7.png");
        flattened = folder.resolve("flattened.png");
        Background white = Background.parse("white").orElseThrow();
        ImageIO.write(white.under(ImageDecoder.rows(transparent)).toImage(), "png", flattened.toFile());
    }

    /** Half of it is seen through, and what lies under the rest has the colour of nothing that is seen. */
    private static BufferedImage disc(int index) {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 1600; i++) {
            image.setRGB(i % 40, i / 40, 0x00ff00 & (i * index));
        }
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(200, 30, 25 * (index % 10), 128));
        graphics.fillOval(5, 5, 10 + 2 * (index % 10), 10 + 2 * (index % 10));
        graphics.dispose();
        return image;
    }

    @Test
    void trainWarnsOfTransparentImagesThatHaveNoBackground() {
        train("plain", "none").isZero();
        assertThat(console.err()).containsOnlyOnce("transparent pixels");
        assertThat(console.err())
                .contains("18 of 18 training images have transparent pixels")
                .contains("backbone.background=white");
        train("white", "white").isZero();
        assertThat(console.err()).doesNotContain("transparent pixels");
    }

    @Test
    void aModelSeesItsBackgroundWhereverItIsAsked() throws IOException {
        train("run", "white").isZero();
        String run = folder.resolve("run").toString();
        JsonNode expected = prediction(run, flattened);
        assertThat(prediction(run, transparent)).isEqualTo(expected);
        console.run("report", run).isZero();

        String handedOn = folder.resolve("handed-on").toString();
        console.run("export", run, "--to", "model", handedOn).isZero();
        assertThat(prediction(handedOn, transparent)).isEqualTo(prediction(handedOn, flattened));

        train("other", "none").isZero();
        String other = folder.resolve("other").toString();
        assertThat(prediction(other, transparent)).isNotEqualTo(prediction(other, flattened));
    }

    @Test
    void embedPutsImagesOnABackground() throws IOException {
        JsonNode expected = embedding(flattened, "none");
        assertThat(embedding(transparent, "white")).isEqualTo(expected);
        assertThat(embedding(transparent, "none")).isNotEqualTo(expected);
        console.run("embed", "--image", transparent, "--background", "snow").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--background: must be none, white, black, gray or a colour");
    }

    @Test
    void aBackgroundMayBeWrittenWithoutASignThatShellsAndYamlDoNotLike() {
        console.run("config", "print", "brightness", "--set", "backbone.background=80ff00")
                .isZero();
        assertThat(console.out()).contains("background: 80ff00");
        console.run("config", "print", "brightness", "--set", "backbone.background='#80ff00'")
                .isZero();
        assertThat(console.out()).contains("background: '#80ff00'");
        console.run("config", "print", "brightness", "--set", "backbone.background=snow")
                .isNotZero();
        assertThat(console.err())
                .contains("background must be none, white, black, gray or a colour such as \"#808080\"; found snow");
    }

    private AbstractIntegerAssert<?> train(String run, String background) {
        String[] set = {"--set=backbone.model=" + CLIP, "--set=backbone.background=" + background};
        return console.run("train", folder.resolve("task.yaml"), set, "--out", folder.resolve(run));
    }

    private JsonNode prediction(String model, Path image) throws IOException {
        console.run("predict", model, image, "--format", "jsonl").isZero();
        return new ObjectMapper().readTree(console.out()).get("probabilities");
    }

    private JsonNode embedding(Path image, String background) throws IOException {
        console.run("embed", "--model", CLIP, "--image", image, "--background", background, "--format", "json")
                .isZero();
        return new ObjectMapper().readTree(console.out()).get("images").get(0).get("embedding");
    }
}
