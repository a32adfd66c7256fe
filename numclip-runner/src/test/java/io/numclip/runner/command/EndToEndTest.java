package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.embed.NpyFile;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final Path GOLDEN = Path.of("../numclip-core/src/test/resources/golden");
    private static final String CLIP = GOLDEN.resolve("clip-tiny-random").toString();

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        console = new TestingConsole(TestingCatalog.create(folder), folder);
    }

    @Test
    void trainsEvaluatesAndPredicts() throws IOException {
        Path run = folder.resolve("run");
        assertThat(train(run)).as(console.err()).isZero();
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
        assertThat(console.run("evaluate", run.toString())).as(console.err()).isZero();
        assertThat(line(console.out(), "MAE")).containsPattern("^MAE +" + Pattern.quote(mae));
        assertThat(console.run(
                        "predict",
                        run.toString(),
                        GOLDEN.resolve("images").toString(),
                        "absent.png",
                        "--format",
                        "csv"))
                .isEqualTo(1);
        List<String> rows = console.out().lines().toList();
        assertThat(rows).hasSize(11);
        assertThat(rows.get(0))
                .isEqualTo("file,value,unit,lower,upper,coverage,concept,set,strange,familiarity,outOfRange,abstained,"
                        + "model,digest,p:dark,p:gray,p:bright,atLeast:4,atLeast:8,error,damaged");
        assertThat(rows.get(10))
                .startsWith("absent.png,,,,")
                .contains(",run,")
                .endsWith(",,,,,,there is no such file,");
        assertThat(console.run("inspect", run.toString())).isZero();
        assertThat(console.out()).contains("dark (0 to 4").contains("test, NumCLIP");
    }

    /** Names of files apart, which nobody could use if they were broken. */
    @Test
    void tablesFitIntoATerminal() throws IOException {
        String run = folder.resolve("run").toString();
        List<String[]> commands = List.of(
                new String[] {"train", "brightness", "--out", run, "--quiet", "--set", "backbone.model=" + CLIP},
                new String[] {"evaluate", run},
                new String[] {
                    "report", run, run, "--out", folder.resolve("two.html").toString()
                },
                new String[] {"inspect", run},
                new String[] {"inspect", CLIP},
                new String[] {"inspect", "embedded"},
                new String[] {"config", "limits"},
                new String[] {"config", "components"},
                new String[] {"plugins", "list"},
                new String[] {
                    "embed",
                    "--model",
                    CLIP,
                    "--image",
                    GOLDEN.resolve("images/photo.jpg").toString(),
                    "--text",
                    "a photo of one thing",
                    "a photo of a few things",
                    "a photo of some things",
                    "a photo of many more things than anybody would count"
                },
                new String[] {"reproduce"});
        for (String[] command : commands) {
            console.run(command);
            assertThat(console.out().lines())
                    .as(String.join(" ", command))
                    .isNotEmpty()
                    .filteredOn(line -> !line.contains("/"))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    @Test
    void theSameSeedGivesTheSameRunAndItsConfigurationRepeatsIt() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        assertThat(train(first)).as(console.err()).isZero();
        assertThat(console.run("train", first.resolve("config.yaml").toString(), "--quiet", "--out", second.toString()))
                .as(console.err())
                .isZero();
        for (String file : List.of("config.yaml", "predictions.csv", "metrics.json", "model/model.safetensors")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void aRunWithoutItsLastEpochGoesOnToTheSameEnd() throws IOException {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        assertThat(train(whole)).as(console.err()).isZero();
        assertThat(train(cut)).as(console.err()).isZero();
        deleteTree(cut.resolve("checkpoint/epoch-00002"));
        deleteTree(cut.resolve("model"));
        assertThat(console.run("train", "--resume", cut.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.err()).contains("resuming after epoch 1");
        assertThat(cut.resolve("predictions.csv")).hasSameBinaryContentAs(whole.resolve("predictions.csv"));
    }

    @Test
    void aRunWhoseSettingsWereEditedDoesNotResume() throws IOException {
        Path run = folder.resolve("run");
        assertThat(train(run)).as(console.err()).isZero();
        Path config = run.resolve("config.yaml");
        String before = Files.readString(config);
        Files.writeString(config, before.replaceFirst("epochs: \\d+", "epochs: 3"));
        assertThat(console.run("train", "--resume", run.toString()))
                .as(console.err())
                .isZero();
        for (String edit :
                List.of("form: .*>form: plain", "context: .*>context: this is", "resize: .*>resize: squash")) {
            String[] words = edit.split(">");
            String after = before.replaceFirst(words[0], words[1]);
            assertThat(after).isNotEqualTo(before);
            Files.writeString(config, after);
            assertThat(console.run("train", "--resume", run.toString()))
                    .as(edit)
                    .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
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
        JsonNode golden =
                new ObjectMapper().readTree(GOLDEN.resolve("clip-parity.json").toFile());
        JsonNode image = golden.get("images").get(0);
        JsonNode text = golden.get("texts").get(1);
        String file = GOLDEN.resolve(image.get("file").asText()).toString();
        String sentence = text.get("text").asText();
        assertThat(console.run(
                        "embed",
                        "--model",
                        CLIP,
                        "--image",
                        file,
                        "--text",
                        sentence,
                        "--format",
                        "json",
                        "--precision",
                        "fp32"))
                .as(console.err())
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
        Files.copy(GOLDEN.resolve("images/portrait.png"), images.resolve("c.png"));
        Files.copy(GOLDEN.resolve("images/landscape.png"), images.resolve("a.png"));
        Path bad = Files.writeString(images.resolve("b.png"), "not an image");
        Path out = folder.resolve("features");
        String[] embed = {"embed", "--model", CLIP, "--image", images.toString(), "--precision", "fp32"};

        assertThat(console.run(and(embed, "--batch-size", "2", "--out", out.toString())))
                .isEqualTo(1);

        assertThat(console.err()).contains("1 of 3 images failed; images.csv says why");
        List<String> rows = Files.readAllLines(out.resolve("images.csv"));
        assertThat(rows).hasSize(4);
        assertThat(rows.subList(0, 2)).containsExactly("row,file,error", "0," + images.resolve("a.png") + ",");
        assertThat(rows.get(2)).startsWith("1," + bad + ",\"not JPEG, PNG, GIF or BMP");
        NpyFile features = NpyFile.read(out.resolve("features.npy"));
        assertThat(features.rows()).isEqualTo(3);
        assertThat(features.columns()).isEqualTo(24);
        assertThat(features.row(1)).containsOnly(Float.NaN);
        Files.delete(bad);
        assertThat(console.run(and(embed, "--format", "json")))
                .as(console.err())
                .isZero();
        JsonNode printed = new ObjectMapper().readTree(console.out()).get("images");
        assertEmbedding(features.row(0), printed.get(0).get("embedding"));
        assertEmbedding(features.row(2), printed.get(1).get("embedding"));
        assertThat(console.run(and(embed, "--out", out.toString()))).isEqualTo(73);
    }

    @Test
    void aBadEntryOfAListDoesNotEndTheOthers() throws IOException {
        Path good = Files.copy(GOLDEN.resolve("images/portrait.png"), folder.resolve("good.png"));
        Path list = Files.writeString(folder.resolve("list.csv"), "file\ngood.png\n\"\"\n../out.png\nabsent.png\n");
        Path out = folder.resolve("features");
        String[] embed = {"embed", "--model", CLIP, "--image", list.toString(), "--precision", "fp32"};
        assertThat(console.run(and(embed, "--out", out.toString()))).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err())
                .contains("3 of 4 images failed; images.csv says why. The first: " + list + ":3: no name of an image");
        assertThat(Files.readAllLines(out.resolve("images.csv")))
                .containsExactly(
                        "row,file,error",
                        "0," + good + ",",
                        "1," + list + ":3,no name of an image",
                        "2,../out.png,is outside " + folder + "; --root names a folder around it",
                        "3," + folder.resolve("absent.png") + ",there is no such file");
        assertThat(console.run(embed)).isEqualTo(65);
        assertThat(console.err())
                .contains("error: " + list + ":3: no name of an image", "--out, which gives it a row with the reason");
    }

    @Test
    void imagesThatAPrecisionIsNotMeasuredOnAreSaidOnce() throws IOException {
        Files.copy(GOLDEN.resolve("images/portrait.png"), folder.resolve("good.png"));
        Path bad = Files.writeString(folder.resolve("bad.png"), "not an image");
        String[] inspect = {"inspect", CLIP, "--precision", "bf16", "--image"};
        assertThat(console.run(and(inspect, folder.toString()))).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err().lines().filter(line -> line.startsWith(bad + " is left out: not JPEG")))
                .hasSize(1);
        assertThat(console.run(and(inspect, folder.resolve("good.png").toString())))
                .as(console.err())
                .isZero();
    }

    private static String[] and(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
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
                        + Path.of(CLIP).toAbsolutePath() + "}\n");
        assertThat(console.run(
                        "train",
                        task.toString(),
                        "--quiet",
                        "--out",
                        folder.resolve("run").toString()))
                .as(console.err())
                .isZero();
        assertThat(console.err()).containsOnlyOnce("warning: 7.png is left out: ");
        String[] compare = {"compare", "--tasks", task.toString(), "--methods", "numclip", "--no-yardsticks"};
        assertThat(console.run(and(compare, "--out", folder.resolve("compared").toString())))
                .as(console.err())
                .isZero();
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
        assertThat(console.run("inspect", CLIP)).isZero();
        assertThat(console.out())
                .contains("patches of 8 at 40 pixels")
                .contains("F16")
                .contains("24 dimensions")
                .contains("shorter side to 40 (bicubic), crop 40 x 40, scale 1/255, mean 0.481 0.458 0.408");
    }

    private int train(Path run) {
        return console.run(
                "train", "brightness", "--set", "backbone.model=" + CLIP, "--out", run.toString(), "--quiet");
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
