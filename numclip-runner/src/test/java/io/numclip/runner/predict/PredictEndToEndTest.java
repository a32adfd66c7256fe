package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.Prediction;
import io.numclip.golden.GoldenFigures;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runner.terminal.TrainedRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on a tiny model and 40 images, three of which cannot be read. */
@Tag("ci")
class PredictEndToEndTest {

    private static final int IMAGES = 40;

    @TempDir
    static Path shared;

    private static TestingConsole console;
    private static String run;
    private static Path images;

    @TempDir
    Path folder;

    private Path out;
    private Path part;
    private Path state;

    @BeforeAll
    static void train() throws IOException {
        console = TestingConsole.in(shared);
        run = shared.resolve("run").toString();
        console.train(run, TrainedRun.MODEL, "task.data.samples.validation=16").isZero();
        images = Files.createDirectory(shared.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            Path file = images.resolve("img" + i + ".png");
            if (i % 15 == 7) {
                Files.writeString(file, "no image");
            } else {
                BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
                for (int pixel = 0; pixel < 64; pixel++) {
                    image.getRaster().setSample(pixel % 8, pixel / 8, 0, 6 * i + pixel % 3);
                }
                ImageIO.write(image, "png", file.toFile());
            }
        }
        Files.writeString(images.resolve("notes.txt"), "no image");
    }

    @BeforeEach
    void names() {
        System.setProperty("numclip.cache", shared.resolve("cache").toString());
        out = folder.resolve("rows.csv");
        part = folder.resolve("rows.csv.part");
        state = folder.resolve("rows.csv.state");
    }

    @Test
    void aFileAppearsWhenItIsComplete() throws IOException {
        predict(images, "--out", out).isEqualTo(ExitCodes.SOME_FAILED);
        List<String> rows = Files.readAllLines(out);
        assertThat(rows).hasSize(IMAGES + 1);
        assertThat(rows.get(3)).startsWith(images.resolve("img2.png") + ",").contains(",run,");
        assertThat(rows.get(8))
                .startsWith(images.resolve("img7.png").toString())
                .endsWith("\"not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 'no image')\",");
        assertThat(part).doesNotExist();
        assertThat(console.out()).isEmpty();
        assertThat(console.err())
                .contains(images + ": left out 1 file that is not called like an image: 1 .txt")
                .contains("40 images: 37 predicted, 3 failed; their rows say why");
    }

    @Test
    void whatWasBrokenOffGoesOnToTheSameBytes() throws IOException {
        byte[] whole = whole();
        for (int kept : new int[] {0, 16, 32}) {
            breakOff(whole, kept, "half a ro");
            predict(images, "--out", out, "--resume").isEqualTo(ExitCodes.SOME_FAILED);
            assertThat(Files.readAllBytes(out)).isEqualTo(whole);
            assertThat(console.err()).contains("40 images: 37 predicted, 3 failed");
        }
        predict(images, "--out", out, "--resume").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err()).contains("is complete; nothing is left to do", "3 failed");
        assertThat(Files.readAllBytes(out)).isEqualTo(whole);
    }

    @Test
    void aFileThatIsNotCompleteIsNotOverwritten() throws IOException {
        breakOff(whole(), 16, "");
        predict(images, "--out", out).isEqualTo(73);
        assertThat(console.err()).contains("a command that did not come to its end has left this file", "--resume");
    }

    @Test
    void onlyRowsOfAnEarlierCommandAreReplaced() throws IOException {
        byte[] whole = whole();
        predict(images, "--out", out).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(out).hasBinaryContent(whole);
        predict(out, "--out", out).isEqualTo(73);
        assertThat(console.err()).contains(out + ": is read by this command and would be replaced");
        assertThat(out).hasBinaryContent(whole);
        Path thesis = Files.writeString(folder.resolve("thesis.csv"), "mine");
        predict(images, "--out", thesis).isEqualTo(73);
        assertThat(console.err()).contains(thesis + ": there is such a file", "give another name for --out");
        assertThat(thesis).hasContent("mine");
        Path others = Files.writeString(RowFile.part(folder.resolve("new.csv")), "mine");
        predict(images, "--out", folder.resolve("new.csv"), "--resume").isEqualTo(73);
        assertThat(others).hasContent("mine");
        Path inner = Files.createDirectory(folder.resolve("inner.csv"));
        predict(images, "--out", inner).isEqualTo(73);
        assertThat(console.err()).contains(inner + ": expected a file, found a folder");
        assertThat(RowFile.part(inner)).doesNotExist();
    }

    @Test
    void otherSettingsAreRefused() throws IOException {
        byte[] whole = whole();
        breakOff(whole, 16, "");
        predict(images, "--out", out, "--resume", "--errors", "skip").isEqualTo(78);
        assertThat(console.err()).contains("--errors: ROWS -> SKIP", "it begins anew once " + part + " is deleted");
        Files.delete(part);
        Files.write(out, whole);
        predict(images, "--out", out, "--resume", "--errors", "fail")
                .as("a complete file")
                .isEqualTo(78);
        assertThat(console.err())
                .contains("--errors: ROWS -> FAIL", "without --resume it begins anew")
                .doesNotContain(part.toString());
        Files.delete(state);
        predict(images, "--out", out, "--resume").isEqualTo(73);
    }

    @Test
    void otherImagesAreRefused() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (int i = 0; i < IMAGES; i++) {
            Files.copy(images.resolve("img" + i + ".png"), copy.resolve("img" + i + ".png"));
        }
        predict(copy, "--out", out);
        breakOff(Files.readAllBytes(out), copy, 16, "");
        Path added = Files.copy(images.resolve("img0.png"), copy.resolve("a.png"));
        predict(copy, "--out", out, "--resume").isEqualTo(78);
        assertThat(console.err()).contains("image 16 was " + copy.resolve("img15.png"), "img14.png now");
        Files.delete(added);
        Files.setLastModifiedTime(copy.resolve("img3.png"), FileTime.fromMillis(0));
        predict(copy, "--out", out, "--resume").isEqualTo(78);
        assertThat(console.err()).contains("one of the first 16 images has another name, size or time");
    }

    @Test
    void anImageThatCannotBeReadIsSkippedOrEndsTheCommand() throws IOException {
        predict(images, "--out", out, "--errors", "skip").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(Files.readAllLines(out)).hasSize(IMAGES - 3 + 1);
        assertThat(console.err()).contains("left out " + images.resolve("img7.png") + ": not JPEG", "3 failed\n");
        predict(images, "--format", "csv", "--errors", "fail").isEqualTo(65);
        assertThat(console.out().lines()).hasSize(8);
        assertThat(console.err()).contains("img7.png: not JPEG", "--errors rows goes on");
        predict("absent.png", "--errors", "fail").isEqualTo(66);
    }

    @Test
    void damagedImagesAreMarkedAndCounted() throws IOException {
        byte[] jpeg = Files.readAllBytes(GoldenFigures.FOLDER.resolveSibling("parity/images/plain.jpg"));
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(jpeg, 0, jpeg.length - 2);
        damaged.write(new byte[7]);
        damaged.write(jpeg, jpeg.length - 2, 2);
        Path file = Files.write(folder.resolve("bad.jpg"), damaged.toByteArray());
        Path sound = Files.write(folder.resolve("good.jpg"), jpeg);
        predict(file, sound, "--out", out).isZero();
        assertThat(console.err()).contains("1 image is damaged, or ", "damaged in their rows", "2 predicted, 0 failed");
        List<String> rows = Files.readAllLines(out);
        assertThat(rows.get(1)).endsWith(" extraneous bytes before marker 0xd9");
        assertThat(rows.get(2)).endsWith(",");
        predict(file, sound, "--out", out, "--resume").isZero();
        assertThat(console.err()).contains("is complete", "1 image is damaged, or ");
        predict(file, "--format", "jsonl").isZero();
        assertThat(console.out()).contains("\"damaged\":\"Corrupt JPEG data: ");
    }

    @Test
    void theListOfTheTrainingKeepsItsColumns() throws IOException {
        Path list =
                Files.writeString(images.resolve("labels.csv"), "image,value,person\nimg2.png,3,ann\nimg9.png,4,bob\n");
        predict(list, "--format", "csv").isZero();
        List<String> rows = console.out().lines().toList();
        assertThat(rows.get(0)).endsWith(",error,in:value,in:person,damaged");
        assertThat(rows.get(1)).startsWith("img2.png,").endsWith(",,3,ann,");
        assertThat(rows).hasSize(3);
        Files.delete(list);
    }

    @Test
    void severalModelsStandInOneRow() throws IOException {
        console.run("predict", run, run, images.resolve("img3.png"), "--format", "jsonl")
                .isZero();
        var row = new ObjectMapper().readTree(console.out());
        assertThat(row.get("predictions").get(0).get("model").asText()).isEqualTo("run");
        assertThat(row.get("predictions").get(1).get("model").asText()).isEqualTo("run-2");
        assertThat(row.get("predictions").get(1).get("value"))
                .isEqualTo(row.get("predictions").get(0).get("value"));
        console.run("predict", run, run).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("no image is named after the models");
    }

    @Test
    void numbersAreExplained() throws IOException {
        Path sure = TrainedRun.copy(folder.resolve("sure"));
        Path first = images.resolve("img3.png");
        console.run("predict", sure, first, "--explain").isZero();
        assertThat(console.out())
                .contains("chance   match    anchor    number      part  words")
                .contains("number = sum of match * number = ")
                .contains("nearest of the 32 training images:\n      cosine ", " steps  train-");
        console.run("predict", sure, first, "--format", "jsonl").isZero();
        JsonNode plain = new ObjectMapper().readTree(console.out());
        console.run("predict", sure, first, "--format", "jsonl", "--explain").isZero();
        JsonNode row = new ObjectMapper().readTree(console.out());
        assertThat(row.get("value")).isEqualTo(plain.get("value"));
        JsonNode explanation = row.get("explanation");
        double sum = 0;
        for (JsonNode concept : explanation.get("concepts")) {
            sum += concept.get("part").asDouble();
            assertThat(concept.get("words").get(0).asText()).endsWith(".");
        }
        assertThat(sum).isCloseTo(explanation.get("refined").asDouble(), within(1e-6));
        assertThat(explanation.get("nearest")).hasSize(3);
        assertThat(explanation.has("unexplained")).isFalse();
        makeEarlier(sure.resolve("model"));
        console.run("predict", sure, first, "--format", "jsonl", "--explain").isZero();
        JsonNode earlier = new ObjectMapper().readTree(console.out()).get("explanation");
        assertThat(earlier.get("concepts")).as("words of the run").isEqualTo(explanation.get("concepts"));
        assertThat(earlier.get("unexplained")).hasSize(1);
        assertThat(earlier.get("unexplained").get(0).asText()).contains("trained with an earlier version");
        assertThat(earlier.has("nearest")).isFalse();
        console.run("predict", sure, images, "--out", out, "--explain").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(Files.readAllLines(out)).hasSize(IMAGES + 1);
        console.run("predict", sure, images, "--out", out, "--resume").isEqualTo(78);
        assertThat(console.err()).contains("--explain: true -> none");
        console.run("predict", sure, images, "--out", out, "--explain", "--abstain-above=3", "--resume")
                .isEqualTo(78);
        assertThat(console.err()).contains("--abstain-above: none -> 3.0").doesNotContain("null");
    }

    /** As it was written before models kept their words and the names of training images. */
    private static void makeEarlier(Path model) throws IOException {
        Files.delete(model.resolve("manifest.json"));
        Path description = model.resolve("numclip.json");
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(description.toFile());
        assertThat(json.remove("prompts")).hasSize(3);
        json.remove("lora"); // younger than the seal
        Files.write(description, new ObjectMapper().writeValueAsBytes(json));
        Path familiar = model.resolve("familiar.safetensors");
        String bytes = Files.readString(familiar, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("\"images\":\"[{");
        Files.writeString(familiar, bytes.replace("\"images\":\"[{", "\"others\":\"[{"), StandardCharsets.ISO_8859_1);
    }

    /** The account of a test may be one that can read everything. */
    @Test
    void aFolderThatCannotBeReadIsLeftOutAndTheOthersGoOn() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.copy(images.resolve("img1.png"), tree.resolve("img1.png"));
        Path closed = Files.createDirectory(tree.resolve("closed"));
        closed.toFile().setReadable(false);
        assumeThat(closed.toFile().canRead()).isFalse();
        predict(tree).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out()).startsWith(tree.resolve("img1.png").toString());
        assertThat(console.err())
                .contains(tree + ": left out 1 folder that cannot be read: closed (no permission)")
                .contains("1 image: 1 predicted, 0 failed; 1 folder not read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "Infinity", "1e400"})
    void aWidthThatNoIntervalHasIsAUsageError(String width) {
        predict(images, "--abstain-above=" + width).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("abstainAbove must be at least 0 and finite; found ");
    }

    @Test
    void aFormatThatIsNotThatOfTheFileIsSaid() {
        predict(images, "--format", "jsonl", "--out", out).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--format jsonl contradicts --out " + out + ", whose name says csv");
        assertThat(out).doesNotExist();
        predict(images, "--format", "csv", "--out", out).isEqualTo(ExitCodes.SOME_FAILED);
        String label = folder.resolve("label").toString();
        predict(images, "--format", "csv", "--export", "fiftyone", "--out", label)
                .isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("so it does not go with --format csv");
    }

    @Test
    void optionsOfListsWithoutAListAreSaid() throws IOException {
        String image = images.resolve("img3.png").toString();
        predict(image, "--column", "x").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--column is for lists of images");
        predict(image, "--root", folder).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--root is for lists of images");
        String list = Files.writeString(folder.resolve("list.txt"), "img2.png\nimg3.png\n")
                .toString();
        predict(list, "--root", folder.resolve("nowhere")).isEqualTo(66);
        assertThat(console.err())
                .startsWith("error: --root " + folder.resolve("nowhere") + ": there is no such folder");
        assertThat(console.out()).isEmpty();
        predict(list, "--root", images).isZero();
    }

    @Test
    void whatCannotBeTogetherIsSaid() {
        predict(images, "--resume").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("name the file with --out");
        predict(images, "--out", folder + "/rows.xlsx").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("give a name that ends in .csv or .jsonl");
        predict(images, "--out", out, "--sort", "value", "--resume").isEqualTo(ExitCodes.USAGE);
        predict(folder.resolve("none*.png")).isEqualTo(66);
    }

    @Test
    void labellingProgramsGetTheLeastSureFirstAndNoImageThatCannotBeRead() throws IOException {
        predict(images, "--format", "jsonl", "--sort", "width", "--errors", "skip");
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (String row : console.out().lines().toList()) {
            names.add(new ObjectMapper().readTree(row).get("file").asText());
            values.add(new ObjectMapper().readTree(row).get("value").asDouble());
        }
        Path tasks = folder.resolve("label");
        predict(images, "--export", "label-studio", "--out", tasks).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err())
                .contains("left out " + images.resolve("img7.png") + ": not JPEG")
                .endsWith("40 images: 37 predicted, 3 failed\n");
        JsonNode labelled =
                new ObjectMapper().readTree(tasks.resolve("tasks.json").toFile());
        assertThat(labelled.findValuesAsText("file")).hasSize(37).isEqualTo(names);
        assertThat(labelled.findValues("number")).extracting(JsonNode::asDouble).isEqualTo(values);
        assertThat(tasks.resolve("config.xml")).content().contains("<Number name=\"number\" toName=\"image\" min=");
        Path samples = folder.resolve("look");
        predict(images, "--export", "fiftyone", "--out", samples).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(new ObjectMapper()
                        .readTree(samples.resolve("samples.json").toFile())
                        .findValuesAsText("filepath"))
                .isEqualTo(names);
    }

    @Test
    void anExportNeedsAFolderOfItsOwn() {
        Object[] export = {images, "--export", "fiftyone"};
        predict(export).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--export writes several files", "name a folder for them with --out");
        predict(export, "--out", out).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("--export writes a folder, and this is the name of a file");
        String free = folder.resolve("free").toString();
        predict(export, "--out", free, "--resume").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("it does not go with --resume");
        predict(export, "--out", free, "--sort", "value").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("it does not go with --sort");
        predict(export, "--out", free, "--explain").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("has no place for explanations");
        predict(images, "--export", "labelstudio", "--out", free).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("label-studio, ");
        assertThat(Path.of(free)).doesNotExist();
        predict(export, "--out", images).isEqualTo(73);
        assertThat(console.err()).contains("expected an empty folder");
    }

    @Test
    void sortedRowsBeginWithTheLargestNumber() {
        predict(images, "--format", "csv", "--sort", "value");
        List<String> rows = console.out().lines().skip(1).toList();
        List<Double> values = rows.stream()
                .map(row -> row.split(",", -1)[1])
                .filter(value -> !value.isEmpty())
                .map(Double::valueOf)
                .toList();
        assertThat(values).hasSize(37).isSortedAccordingTo((left, right) -> Double.compare(right, left));
        assertThat(rows.get(39)).contains("not JPEG");
    }

    @Test
    void eachImageWithANumberGetsAMapOfWhereItComesFrom() throws IOException {
        Path maps = folder.resolve("maps");
        Path photo = photos().resolve("img3.png");
        predict(photo, photo.resolveSibling("none.png"), "--map", maps).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(maps).isDirectoryContaining(file -> file.endsWith("000001-img3.png.png"));
        BufferedImage map = ImageIO.read(maps.resolve("000001-img3.png.png").toFile());
        BufferedImage picture = ImageIO.read(photo.toFile());
        assertThat(map.getWidth()).isEqualTo(picture.getWidth());
        assertThat(maps.toFile().list()).hasSize(1);
    }

    @Test
    void eachImageWithANumberGetsASidecarAndABadOneEndsNothing() throws IOException {
        Path photos = photos();
        Path bad = Files.writeString(photos.resolve("img3.png.xmp"), "no XML");
        predict(photos, "--xmp").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err())
                .contains("no sidecar for " + photos.resolve("img3.png") + ": " + bad + ": expected XMP:")
                .contains("; repair it, or move it away if nobody needs it")
                .contains("1 image has a number and no sidecar; give the command again when the reasons above are gone")
                .contains("40 images: 37 predicted, 3 failed");
        assertThat(bad).hasContent("no XML");
        assertThat(sidecars(photos)).hasSize(37);
        Files.delete(bad);
        predict(photos, "--xmp", "--errors", "skip");
        assertThat(console.err()).doesNotContain("sidecar");
        assertThat(bad).content().contains("numclip:unit=\"steps\"").doesNotContain("xmp:Rating");
    }

    @Test
    void aResumedCommandKnowsWhichSidecarsAreMissing() throws IOException {
        Path photos = photos();
        Files.createDirectory(photos.resolve("img3.png.xmp"));
        predict(photos, "--xmp", "--out", out);
        byte[] whole = Files.readAllBytes(out);
        predict(photos, "--xmp", "--out", out, "--resume").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.err()).contains("is complete", "1 image has a number and no sidecar");
        breakOff(whole, photos, 16, "");
        Files.delete(photos.resolve("img0.png.xmp"));
        Files.delete(photos.resolve("img20.png.xmp"));
        predict(photos, "--xmp", "--out", out, "--resume");
        assertThat(console.err()).contains("going on after 16 images", "1 image has a number and no sidecar");
        assertThat(out).hasBinaryContent(whole);
        assertThat(photos.resolve("img0.png.xmp")).doesNotExist();
        assertThat(photos.resolve("img20.png.xmp")).exists();
        predict(photos, "--out", out, "--resume").isEqualTo(78);
        assertThat(console.err()).contains("was started with other options", "--xmp");
    }

    @Test
    void imagesOfAListHaveTheirSidecarsBesideThem() throws IOException {
        Path photos = photos();
        Path list =
                Files.writeString(folder.resolve("list.txt"), "img1.png\nhttps://numclip.invalid/img2.png\nnone.png\n");
        predict(list, "--root", photos, "--xmp").isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(sidecars(photos)).containsExactly("img1.png.xmp");
        assertThat(console.err()).contains("3 images: 1 predicted, 2 failed").doesNotContain("sidecar");
    }

    private Path photos() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (int i = 0; i < IMAGES; i++) {
            Files.copy(images.resolve("img" + i + ".png"), photos.resolve("img" + i + ".png"));
        }
        return photos;
    }

    private static List<String> sidecars(Path photos) throws IOException {
        try (Stream<Path> files = Files.list(photos)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xmp"))
                    .toList();
        }
    }

    private byte[] whole() throws IOException {
        predict(images, "--out", out);
        return Files.readAllBytes(out);
    }

    /** Leaves what a kill would have left after a number of images. */
    private void breakOff(byte[] whole, int images, String torn) throws IOException {
        breakOff(whole, PredictEndToEndTest.images, images, torn);
    }

    private void breakOff(byte[] whole, Path from, int kept, String torn) throws IOException {
        OutputState complete = OutputState.read(out).orElseThrow();
        String text = new String(whole, StandardCharsets.UTF_8);
        String first = text.lines()
                .limit(kept == 0 ? 0 : kept + 1)
                .map(line -> line + "\r\n")
                .reduce("", String::concat);
        assertThat(text).startsWith(first);
        Tally tally = new Tally(Tally.Count.none(1));
        for (int i = 0; i < kept; i++) {
            InputImage image = InputImage.of(from.resolve("img" + i + ".png"));
            tally.add(image, List.of(failedOrNot(text, i)));
        }
        for (int i = 0; i < complete.count().withoutSidecar(); i++) {
            tally.addWithoutSidecar();
        }
        new OutputState(complete.settings(), first.length(), tally.count()).write(out);
        Files.writeString(part, first + torn);
        Files.deleteIfExists(out);
    }

    private static Prediction failedOrNot(String text, int image) {
        String row = text.lines().skip(image + 1).findFirst().orElseThrow();
        return row.endsWith(",,") ? new Prediction(0, List.of()) : Prediction.failed("no");
    }

    private AbstractIntegerAssert<?> predict(Object... arguments) {
        return console.run("predict", run, arguments);
    }
}
