package io.numclip.runner.command;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.NumClip;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.runner.terminal.ServedRun;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.runtime.OnnxModel;
import io.numclip.server.NumClipServer;
import io.numclip.server.OpenedModels;
import io.numclip.server.ServerSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists with boxes beside the same boxes that were cut out of the pictures beforehand. */
class RegionsEndToEndTest {

    private static final int PICTURES = 20;
    private static final int[][] BOXES = {{0, 4, 20, 24}, {30, 10, 30, 30}}; // in pictures of 60 x 50

    /** An exported file agrees with its run to some 1e-6. */
    private static final Comparator<Double> CLOSE = (a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b);

    @TempDir
    Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() throws IOException {
        console = TestingConsole.in(folder);
        StringBuilder boxes = new StringBuilder("image,value,split,left,top,width,height\n");
        StringBuilder cut = new StringBuilder("image,value,split\n");
        StringBuilder wide = new StringBuilder("image,value,split\n");
        for (int i = 0; i < PICTURES; i++) {
            String split = i % 4 == 0 ? "test" : i % 4 == 1 ? "validation" : "train";
            BufferedImage picture = picture(i);
            write(picture, "picture-" + i + ".png");
            for (int box = 0; box < BOXES.length; box++) {
                int[] at = BOXES[box];
                String name = i + "-" + box + ".png";
                write(picture.getSubimage(at[0], at[1], at[2], at[3]), name);
                write(
                        box == 0 ? picture.getSubimage(0, 0, 30, 40) : picture.getSubimage(15, 0, 45, 50),
                        "wide-" + name);
                String label = "," + (i + box) % 10 + "," + split;
                boxes.append(
                        "picture-" + i + ".png" + label + "," + at[0] + "," + at[1] + "," + at[2] + "," + at[3] + "\n");
                cut.append(name).append(label).append('\n');
                wide.append("wide-" + name).append(label).append('\n');
            }
        }
        Files.writeString(folder.resolve("boxes.csv"), boxes);
        Files.writeString(folder.resolve("cut.csv"), cut);
        Files.writeString(folder.resolve("wide.csv"), wide);
    }

    private static BufferedImage picture(int index) {
        BufferedImage picture = new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < 3000; i++) {
            picture.setRGB(i % 60, i / 60, 0x0f0f0f & (i * (index + 1)));
        }
        graphics.setColor(new Color(200, 30, 10 * index));
        graphics.fillOval(2, 6, 8 + index % 10, 16);
        graphics.fillOval(34, 12, 10, 8 + index % 10);
        graphics.dispose();
        return picture;
    }

    private void write(BufferedImage image, String name) throws IOException {
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }

    @Test
    void aListOfBoxesGivesTheNumbersOfFilesThatAreCutBeforehand() throws IOException {
        train("boxes", "0");
        train("cut", "0");
        List<JsonNode> expected = predicted("cut", "cut.csv");
        assertThat(predicted("boxes", "boxes.csv")).isEqualTo(expected).hasSize(2 * PICTURES);
        assertThat(values("boxes")).isEqualTo(values("cut"));
        console.run("predict", run("boxes"), folder.resolve("boxes.csv"), "--format", "jsonl")
                .isZero();
        JsonNode second =
                new ObjectMapper().readTree(console.out().lines().toList().get(1));
        assertThat(second.path("file").asText()).isEqualTo("picture-0.png");
        assertThat(second.at("/in/left").asText()).isEqualTo("30");
    }

    @Test
    void aMarginIsSeenWhereverAModelIsAsked() throws IOException {
        train("boxes", "0.5");
        train("wide", "0");
        List<JsonNode> expected = predicted("wide", "wide.csv");
        assertThat(predicted("boxes", "boxes.csv")).isEqualTo(expected);
        assertThat(predicted("boxes", "cut.csv")).isNotEqualTo(expected);
        assertThat(values("boxes")).isEqualTo(values("wide"));
        assertThat(Files.readString(folder.resolve("boxes/report.html"))).contains("picture-0.png#xywh=30,10,30,30");

        console.run("export", run("boxes"), "--to", "model", folder.resolve("handed-on"))
                .isZero();
        assertThat(predicted("handed-on", "boxes.csv")).isEqualTo(expected);

        console.run("predict", run("boxes"), folder.resolve("boxes.csv"), "--explain")
                .isZero();
        assertThat(console.out())
                .contains("picture-0.png#xywh=30,10,30,30  ")
                .contains(
                        "    seen: 30 x 30 pixels of the upright picture, 30 from the left and 10 from the top, and 50 % of"
                                + " its size more on each side, as far as the picture goes\n");

        console.run("evaluate", run("boxes")).isZero();
        console.run("evaluate", run("boxes"), "--set", "task.data.regionMargin=0.25")
                .isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("task.data.regionMargin is 0.25; the model was trained with 0.5");
    }

    @Test
    void wrongBoxesAreErrorsWithTheirLines() throws IOException {
        train("boxes", "0");
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), """
                image,left,top,width,height
                picture-1.png,1,2,3,4
                picture-1.png,-1,2,3,4
                picture-1.png,1,2,,4
                picture-1.png,50,2,11,4
                """);
        console.run("predict", run("boxes"), wrong).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out())
                .contains("picture-1.png#xywh=1,2,3,4  ")
                .contains(wrong + ":3: left is -1, outside the picture; give 0 or more pixels")
                .contains(wrong + ":4: of the region only left, top, height are filled; fill all four")
                .contains(wrong
                        + ":5: left + width is 61, outside the upright picture of 60 x 50 pixels; give a region that"
                        + " lies in it");
        Path lines = Files.writeString(folder.resolve("lines.jsonl"), """
                {"image": "picture-1.png", "left": 1, "top": 2, "width": 3, "height": 4.0}
                {"image": "picture-1.png", "left": 1, "top": 2, "width": 3}
                """);
        console.run("predict", run("boxes"), lines).isEqualTo(ExitCodes.SOME_FAILED);
        assertThat(console.out())
                .contains("picture-1.png#xywh=1,2,3,4  ")
                .contains(lines + ":2: of a region only left, top, width; name all four");
        Files.writeString(wrong, "image,left,top,width\npicture-1.png,1,2,3\n");
        console.run("predict", run("boxes"), wrong).isEqualTo(65);
        assertThat(console.err()).contains(wrong + ":1: of a region only left, top, width; name all four");
    }

    @Test
    void aSidecarIsAPicturesSoAListNamesOneRegionOfEach() throws IOException {
        train("cut", "0");
        Path list = Files.writeString(folder.resolve("several.csv"), """
                image,left,top,width,height
                picture-1.png,0,4,20,24
                picture-2.png,,,,
                picture-2.png,30,10,30,30
                """);
        console.run("predict", run("cut"), list, "--xmp").isEqualTo(65);
        assertThat(console.err())
                .contains("picture-2.png is named with more than one region, picture-2.png and"
                        + " picture-2.png#xywh=30,10,30,30; a sidecar belongs to the picture")
                .contains("name one region of each picture, or leave out --xmp");
        assertThat(folder.resolve("picture-1.png.xmp")).doesNotExist();

        Files.writeString(list, "image,left,top,width,height\npicture-1.png,0,4,20,24\npicture-2.png,0,4,20,24\n");
        console.run("predict", run("cut"), list, "--xmp").isZero();
        assertThat(folder.resolve("picture-2.png.xmp")).content().contains("numclip:value");

        InputStream usual = System.in;
        System.setIn(new ByteArrayInputStream("""
                {"image": "picture-3.png", "left": 0, "top": 4, "width": 20, "height": 24}
                {"image": "./picture-3.png", "left": 1, "top": 4, "width": 20, "height": 24}
                """.getBytes(StandardCharsets.UTF_8)));
        try {
            console.run("predict", run("cut"), "-", "--root", folder, "--xmp").isEqualTo(65);
        } finally {
            System.setIn(usual);
        }
        assertThat(console.err()).contains("./picture-3.png is named with more than one region");
        assertThat(folder.resolve("picture-3.png.xmp")).doesNotExist();
    }

    @Test
    void whatAFinderFindsAreImages() throws IOException {
        train("cut", "0");
        for (int regions = 0; regions < 3; regions++) {
            BufferedImage picture = picture(regions);
            picture.setRGB(0, 0, regions << 16);
            write(picture, "squares-" + regions + ".png");
        }
        Path list = Files.writeString(folder.resolve("found.csv"), """
                image,note,left,top,width,height
                squares-0.png,none,,,,
                squares-1.png,one,,,,
                squares-2.png,two,,,,
                squares-2.png,named,3,4,5,6
                missing.png,away,,,,
                """);
        Path out = folder.resolve("found.jsonl");
        console.run("predict", run("cut"), list, "--regions", "{type: squares, side: 20}", "--out", out)
                .isEqualTo(ExitCodes.SOME_FAILED);
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            rows.add(new ObjectMapper().readTree(line));
        }
        assertThat(rows)
                .extracting(row -> row.at("/in/note").asText())
                .containsExactly("none", "one", "two", "two", "named", "away");
        assertThat(rows.get(0).path("error").asText()).isEqualTo("squares found no region in the picture");
        assertThat(rows.get(3).path("in").toString())
                .isEqualTo("{\"note\":\"two\",\"left\":20,\"top\":0,\"width\":20,\"height\":20,\"confidence\":0.5}");
        assertThat(rows.get(4).at("/in/left").asText()).isEqualTo("3");
        assertThat(rows.get(5).path("error").asText()).isEqualTo("there is no such file");

        Files.writeString(list, "image,left,top,width,height\nsquares-2.png,0,0,20,20\nsquares-2.png,20,0,20,20\n");
        console.run(
                        "predict",
                        run("cut"),
                        folder.resolve("squares-2.png"),
                        "--regions",
                        "{type: squares, side: 20}",
                        "--format",
                        "jsonl")
                .isZero();
        List<String> found = console.out()
                .lines()
                .map(line -> line.replaceAll(".*\"value\"|\"in\".*", ""))
                .toList();
        console.run("predict", run("cut"), list, "--format", "jsonl").isZero();
        assertThat(console.out().lines().map(line -> line.replaceAll(".*\"value\"|\"in\".*", "")))
                .isEqualTo(found);

        console.run("predict", run("cut"), list, "--regions", "squares", "--xmp")
                .isEqualTo(ExitCodes.USAGE);
        assertThat(console.err())
                .contains("--xmp writes the number of a picture, and squares finds any number of regions");
    }

    @Test
    void aModelThatLearnedFromAFinderIsAskedWithIt() throws IOException {
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage picture = picture(i);
            picture.setRGB(0, 0, 1 << 16);
            write(picture, "whole-" + i + ".png");
            write(picture.getSubimage(0, 0, 30, 30), "square-" + i + ".png");
            list.append("whole-" + i + ".png," + i % 10 + ","
                    + (i % 4 == 0 ? "test" : i % 4 == 1 ? "validation" : "train") + "\n");
        }
        Files.writeString(folder.resolve("whole.csv"), list);
        Files.writeString(folder.resolve("square.csv"), list.toString().replace("whole", "square"));
        train("whole", "0", "--set", "regions={type: squares, side: 30, model: weights.bin}");
        train("square", "0");
        assertThat(values("whole")).isEqualTo(values("square"));
        List<JsonNode> expected = predicted("square", "square.csv");
        assertThat(predicted("whole", "whole.csv")).isEqualTo(expected);
        console.run("predict", run("whole"), folder.resolve("square.csv"), "--regions", "none")
                .isZero();
        console.run("predict", run("whole"), run("square"), folder.resolve("whole.csv"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("these models were not trained on regions of the same finder");
        console.run("export", run("whole"), "--to", "model", folder.resolve("handed-on"))
                .isZero();
        assertThat(predicted("handed-on", "whole.csv")).isEqualTo(expected);
        assertThat(folder.resolve("handed-on/config.yaml")).content().contains("  model: weights.bin\n");
        console.run("evaluate", run("whole")).isZero();
        Path onnx = folder.resolve("whole.onnx");
        console.run("export", run("whole"), "--to", "onnx", onnx).isZero();
        try (OnnxModel file = OnnxModel.open(onnx)) {
            assertThat(file.regions()).hasValue("{\"type\":\"squares\",\"side\":30,\"model\":\"weights.bin\"}");
        }
        List<Double> numbers = values("predict", run("square"), folder.resolve("square.csv"));
        assertThat(values("predict", onnx, folder.resolve("whole.csv")))
                .usingElementComparator(CLOSE)
                .isEqualTo(numbers);
        assertThat(served(folder.resolve("whole")))
                .usingElementComparator(CLOSE)
                .isEqualTo(numbers);
        assertThat(served(onnx)).usingElementComparator(CLOSE).isEqualTo(numbers);

        Path config = folder.resolve("whole/config.yaml");
        Files.writeString(config, Files.readString(config).replace("type: squares", "type: circles"));
        console.run("predict", run("whole"), folder.resolve("square.csv")).isEqualTo(78);
        assertThat(console.err())
                .contains("whole was trained on the regions of a finder: ", "there is no region finder \"circles\"")
                .contains("or choose with --regions '{type: NAME}', or none for whole pictures");
        console.run("serve", run("whole"), "--port", "0").isEqualTo(78);
        assertThat(console.err()).contains("whole was trained on the regions of a finder: ");
    }

    /** The numbers that a server answers for whole pictures. */
    private List<Double> served(Path model) throws IOException {
        List<Double> values = new ArrayList<>();
        PluginCatalog catalog = TestingCatalog.create(folder.resolve("no-plugins"));
        try (OpenedModels models = OpenedModels.open(Map.of("model", model), catalog, NumClip.Options.defaults());
                RegionSearch search =
                        models.models().get(0).regionSearch(catalog).orElseThrow();
                NumClipServer server =
                        NumClipServer.start(ServerSettings.local(0), models.served(), models.scoring(), search)) {
            for (int i = 0; i < PICTURES; i++) {
                JsonNode answer = ServedRun.answer(server, folder.resolve("whole-" + i + ".png"));
                values.add(answer.at("/predictions/0/value").asDouble());
            }
        }
        return values;
    }

    private List<Double> values(Object... predict) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of(predict));
        arguments.addAll(List.of("--format", "jsonl"));
        console.run(arguments.toArray()).isZero();
        List<Double> values = new ArrayList<>();
        for (String line : console.out().lines().toList()) {
            values.add(new ObjectMapper().readTree(line).get("value").asDouble());
        }
        return values;
    }

    private void train(String list, String margin, Object... more) throws IOException {
        Path task = Files.writeString(
                folder.resolve(list + ".yaml"), """
                task:
                  type: generic
                  minimum: 0
                  maximum: 10
                  unit: steps
                  data: {format: csv, file: LIST.csv, regionMargin: MARGIN}
                binning: {type: uniform, concepts: [small, middling, large]}
                training: {epochs: 1, learningRates: {imageEncoder: 0}}
                yardsticks: false
                """.replace("LIST", list).replace("MARGIN", margin));
        console.run("train", task, "--set", "backbone.model=" + CLIP, "--out", folder.resolve(list), more)
                .isZero();
    }

    private String run(String name) {
        return folder.resolve(name).toString();
    }

    private List<JsonNode> predicted(String run, String list) throws IOException {
        console.run("predict", run(run), folder.resolve(list), "--format", "jsonl")
                .isZero();
        List<JsonNode> probabilities = new ArrayList<>();
        for (String line : console.out().lines().toList()) {
            probabilities.add(new ObjectMapper().readTree(line).get("probabilities"));
        }
        return probabilities;
    }

    private List<String> values(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("predictions.csv")).stream()
                .map(line -> line.replaceFirst("^(\"[^\"]*\"|[^,]*),", ""))
                .toList();
    }
}
