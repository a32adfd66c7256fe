package io.numclip.runner.command;

import static io.numclip.golden.GoldenFigures.CLIP;
import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.GoldenFigures;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.embed.NpyFile;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TrainedRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a tiny CLIP of random weights, with a task as a stranger would write it. */
@Tag("ci")
class EndToEndTest {

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
    }

    @Test
    void trainsEvaluatesAndPredicts() throws IOException {
        Path run = folder.resolve("run");
        console.train(run, TrainedRun.MODEL).isZero();
        assertThat(console.out())
                .contains("constant", "zero-shot, number words", "zero-shot, concept words", "NumCLIP");
        String mae = line(console.out(), "NumCLIP").replaceFirst("NumCLIP +(\\S+ \\[\\S+ \\S+]).*", "$1");
        for (String file : List.of(
                "config.yaml",
                "metrics.json",
                "predictions.csv",
                "epochs.csv",
                "epochs.jsonl",
                "report.html",
                "made.json")) {
            assertThat(run.resolve(file)).isNotEmptyFile();
        }
        console.run("evaluate", run).isZero();
        assertThat(line(console.out(), "MAE")).containsPattern("^MAE +" + Pattern.quote(mae));
        console.run("predict", run, IMAGES, "absent.png", "--format", "csv").isEqualTo(1);
        List<String> rows = console.out().lines().toList();
        assertThat(rows).hasSize(11);
        assertThat(rows.get(0))
                .isEqualTo("file,value,unit,lower,upper,coverage,concept,set,strange,familiarity,outOfRange,abstained,"
                        + "model,digest,p:dark,p:gray,p:bright,atLeast:4,atLeast:8,error,damaged");
        assertThat(rows.get(10))
                .startsWith("absent.png,,,,")
                .contains(",run,")
                .endsWith(",,,,,,there is no such file,");
        console.run("report", run).isZero();
        assertThat(console.out()).contains("dark (0 to 4").contains("test, NumCLIP");
    }

    /** Names of files apart, which nobody could use if they were broken. */
    @Test
    void tablesFitIntoATerminal() throws IOException {
        Path run = folder.resolve("run");
        Object[] texts = {
            "a photo of one thing", "a photo of a few things", "a photo of many more things than anybody would count"
        };
        List<Object[]> commands = List.of(
                new Object[] {"train", "brightness", "--out", run, "--quiet", "--set", "backbone.model=" + CLIP},
                new Object[] {"evaluate", run},
                new Object[] {"report", run, run, "--out", folder.resolve("two.html")},
                new Object[] {"report", run},
                new Object[] {"report", CLIP},
                new Object[] {"report", "embedded"},
                new Object[] {"config", "limits"},
                new Object[] {"config", "components"},
                new Object[] {"plugins", "list"},
                new Object[] {"embed", "--model", CLIP, "--image", IMAGES.resolve("photo.jpg"), "--text", texts},
                new Object[] {"reproduce"});
        for (Object[] command : commands) {
            console.run(command);
            assertThat(console.out().lines())
                    .as(Arrays.deepToString(command))
                    .isNotEmpty()
                    .filteredOn(line -> !line.contains("/"))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    @Test
    void theSameSeedGivesTheSameRunAndItsConfigurationRepeatsIt() throws IOException {
        Path first = TrainedRun.copy(folder.resolve("first"));
        Path second = folder.resolve("second");
        console.run("train", first.resolve("config.yaml"), "--quiet", "--out", second)
                .isZero();
        for (String file : List.of("config.yaml", "predictions.csv", "metrics.json", "model/model.safetensors")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void aRunWithoutItsLastEpochGoesOnToTheSameEnd() throws IOException {
        Path whole = TrainedRun.copy(folder.resolve("whole"));
        Path cut = TrainedRun.copy(folder.resolve("cut"));
        deleteTree(cut.resolve("checkpoint/epoch-00002"));
        deleteTree(cut.resolve("model"));
        console.run("train", "--resume", cut).isZero();
        assertThat(console.err()).contains("resuming after epoch 1");
        assertThat(cut.resolve("predictions.csv")).hasSameBinaryContentAs(whole.resolve("predictions.csv"));
    }

    @Test
    void aRunWhoseSettingsWereEditedDoesNotResume() throws IOException {
        Path run = TrainedRun.copy(folder.resolve("run"));
        Path config = run.resolve("config.yaml");
        String before = Files.readString(config);
        Files.writeString(config, before.replaceFirst("epochs: \\d+", "epochs: 3"));
        console.run("train", "--resume", run).isZero();
        for (String edit :
                List.of("form: .*>form: plain", "context: .*>context: this is", "resize: .*>resize: squash")) {
            String[] words = edit.split(">");
            String after = before.replaceFirst(words[0], words[1]);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(config, after);
            console.run("train", "--resume", run).as(edit).isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
            assertThat(console.err())
                    .containsPattern("cannot be resumed:\n +\\S+\\." + words[0].replaceFirst(":.*", "") + ": .+ -> "
                            + words[1].replaceFirst(".*: ", ""));
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Test
    void embedsAsTransformersDoes() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(GoldenFigures.FOLDER.resolve("clip-parity.json").toFile());
        JsonNode image = golden.get("images").get(0);
        JsonNode text = golden.get("texts").get(1);
        String file = GoldenFigures.FOLDER.resolve(image.get("file").asText()).toString();
        String sentence = text.get("text").asText();
        Object[] both = {"--image", file, "--text", sentence};
        console.run("embed", "--model", CLIP, both, "--format", "json", "--precision", "fp32")
                .isZero();
        JsonNode answer = new ObjectMapper().readTree(console.out());
        assertThat(answer.get("images").get(0).get("file").asText()).isEqualTo(file);
        assertThat(cosine(answer.get("images").get(0).get("embedding"), image.get("embedding")))
                .isGreaterThan(0.9995);
        JsonNode answered = answer.get("texts").get(0);
        assertThat(answered.get("text").asText()).isEqualTo(sentence);
        assertThat(answered.get("ids")).isEqualTo(text.get("input_ids"));
        assertThat(cosine(answered.get("embedding"), text.get("embedding"))).isGreaterThan(0.999999);
    }

    @Test
    void embedsAFolderIntoAFileForNumpyAndOneBadImageDoesNotEndIt() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(IMAGES.resolve("portrait.png"), images.resolve("c.png"));
        Files.copy(IMAGES.resolve("landscape.png"), images.resolve("a.png"));
        Path bad = Files.writeString(images.resolve("b.png"), "not an image");
        Path out = folder.resolve("features");
        Object[] embed = {"embed", "--model", CLIP, "--image", images, "--precision", "fp32"};

        console.run(embed, "--batch-size", "2", "--out", out).isEqualTo(1);

        assertThat(console.err()).contains("1 of 3 images failed; images.csv says why");
        List<String> rows = Files.readAllLines(out.resolve("images.csv"));
        assertThat(rows).hasSize(4);
        assertThat(rows.subList(0, 2)).containsExactly("row,file,error", "0," + images.resolve("a.png") + ",");
        assertThat(rows.get(2)).startsWith("1," + bad + ",\"not JPEG, PNG, GIF, BMP, WebP or TIFF");
        NpyFile features = NpyFile.read(out.resolve("features.npy"));
        assertThat(features.rows()).isEqualTo(3);
        assertThat(features.columns()).isEqualTo(24);
        assertThat(features.row(1)).containsOnly(Float.NaN);
        Files.delete(bad);
        console.run(embed, "--format", "json").isZero();
        JsonNode printed = new ObjectMapper().readTree(console.out()).get("images");
        assertEmbedding(features.row(0), printed.get(0).get("embedding"));
        assertEmbedding(features.row(2), printed.get(1).get("embedding"));
        console.run(embed, "--out", out).isEqualTo(73);
    }

    @Test
    void aBadEntryOfAListDoesNotEndTheOthers() throws IOException {
        Path good = Files.copy(IMAGES.resolve("portrait.png"), folder.resolve("good.png"));
        Path list = Files.writeString(folder.resolve("list.csv"), "file\ngood.png\n\"\"\n../out.png\nabsent.png\n");
        Path out = folder.resolve("features");
        Object[] embed = {"embed", "--model", CLIP, "--image", list, "--precision", "fp32"};
        console.run(embed, "--out", out).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err())
                .contains("3 of 4 images failed; images.csv says why. The first: " + list + ":3: no name of an image");
        assertThat(Files.readAllLines(out.resolve("images.csv")))
                .containsExactly(
                        "row,file,error",
                        "0," + good + ",",
                        "1," + list + ":3,no name of an image",
                        "2,../out.png,is outside " + folder + "; --root names a folder around it",
                        "3," + folder.resolve("absent.png") + ",there is no such file");
        console.run(embed).isEqualTo(65);
        assertThat(console.err())
                .contains("error: " + list + ":3: no name of an image", "--out, which gives it a row with the reason");
    }

    /** The untrained model, simple predictors and the training read the same images. */
    @Test
    void aTrainingImageThatCannotBeReadIsSaidOnceInARun() throws IOException {
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < 56; i++) {
            BufferedImage square = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            square.getRaster().setSample(i % 40, i / 40, 0, 25 * (i % 10));
            ImageIO.write(square, "png", folder.resolve(i + ".png").toFile());
            String split = i < 24 ? "train" : i < 40 ? "validation" : "test";
            list.append(i)
                    .append(".png,")
                    .append(i % 10)
                    .append(',')
                    .append(split)
                    .append('\n');
        }
        Files.writeString(folder.resolve("7.png"), "not an image");
        Files.writeString(folder.resolve("list.csv"), list);
        Path task = Files.writeString(
                folder.resolve("squares.yaml"),
                "task: {type: brightness, data: {format: csv, file: list.csv}}\nbackbone: {model: "
                        + CLIP.toAbsolutePath() + "}\n");
        console.run("train", task, "--quiet", "--out", folder.resolve("run")).isZero();
        assertThat(console.err()).containsOnlyOnce("warning: 7.png is left out: ");
        Object[] compare = {"compare", "--tasks", task, "--methods", "numclip", "--no-yardsticks"};
        console.run(compare, "--out", folder.resolve("compared")).isZero();
        assertThat(console.err()).containsOnlyOnce("warning: 7.png is left out: ");
    }

    private static void assertEmbedding(float[] features, JsonNode printed) {
        assertThat(printed).hasSize(features.length);
        for (int i = 0; i < features.length; i++) {
            assertThat((double) features[i]).isCloseTo(printed.get(i).asDouble(), within(1e-5));
        }
    }

    @Test
    void inspectSaysWhatAClipIs() {
        console.run("report", CLIP).isZero();
        assertThat(console.out())
                .contains("patches of 8 at 40 pixels")
                .contains("F16")
                .contains("24 dimensions")
                .contains("shorter side to 40 (bicubic), crop 40 x 40, scale 1/255, mean 0.481 0.458 0.408");
    }

    private static String line(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private static double cosine(JsonNode left, JsonNode right) {
        double dot = 0;
        double ofLeft = 0;
        double ofRight = 0;
        assertThat(left).hasSameSizeAs(right);
        for (int i = 0; i < left.size(); i++) {
            dot += left.get(i).asDouble() * right.get(i).asDouble();
            ofLeft += left.get(i).asDouble() * left.get(i).asDouble();
            ofRight += right.get(i).asDouble() * right.get(i).asDouble();
        }
        return dot / Math.sqrt(ofLeft * ofRight);
    }
}
