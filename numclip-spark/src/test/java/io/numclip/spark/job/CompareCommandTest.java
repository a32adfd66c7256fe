package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.terminal.Services;
import io.numclip.spark.TestingSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A comparison on Spark has the cells and the tables of one on this machine. */
@Tag("ci")
class CompareCommandTest {

    private static final int CELLS = (2 + 4) * 2; // two methods and four yardsticks, with two seeds

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    private final StringWriter said = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < 24; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(4, 4, 0x010203 * i);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            String split = List.of("train", "train", "validation", "test").get(i % 4);
            list.append(i + ".png," + i % 5 + "," + split + "\n");
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Files.writeString(
                folder.resolve("task.yaml"),
                "task: {type: generic, minimum: 0, maximum: 4, unit: things, data: {format: csv, file: labels.csv}}\n"
                        + "binning: {type: quantile, concepts: [few, some, many]}\n"
                        + "training: {epochs: 1}\n");
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<String> arguments(String out, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--tasks",
                folder.resolve("task.yaml").toString(),
                "--methods",
                "ridge,coral",
                "--seeds",
                "1,2",
                "--frozen",
                "--quiet",
                "--out",
                folder.resolve(out).toString()));
        all.addAll(List.of(more));
        return all;
    }

    private int onSpark(List<String> arguments) {
        Path none = folder.resolve("no-plugins");
        List<String> all = new ArrayList<>(List.of("compare", "--plugins", none.toString()));
        all.addAll(arguments);
        return Main.run(new Console(said, said, false), all.toArray(String[]::new));
    }

    private int here(List<String> arguments) {
        Services services =
                new Services(new Console(said, said, false), new PluginFolders(folder.resolve("no-plugins")));
        return new CommandLine(new io.numclip.runner.compare.CompareCommand(services))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void cellsAndTablesAreThoseOfOneMachine() throws IOException {
        assertThat(here(arguments("here"))).as("%s", said).isZero();
        assertThat(onSpark(arguments("spark"))).as("%s", said).isZero();
        assertThat(cells("spark")).hasSize(CELLS).isEqualTo(cells("here"));
        assertThat(folder.resolve("spark/differences.csv"))
                .hasSameTextualContentAs(folder.resolve("here/differences.csv"));
        assertThat(said.toString())
                .contains(CELLS + "/" + CELLS + "  ")
                .contains(CELLS + " trainings, " + CELLS + " of them done earlier");
    }

    @RepeatedTest(5) // two tasks of one process meet in a training now and then only
    void whatIsFinishedIsNotTrainedAgainAndASearchGoesFirst(RepetitionInfo turn) throws IOException {
        String out = "search" + turn.getCurrentRepetition();
        Path settings = Files.writeString(
                folder.resolve("compare.yaml"),
                "search: {factors: [1, 3], seed: 1}\ntasks: [task.yaml]\nmethods: [coral]\n"
                        + "frozen: true\nyardsticks: false\nseeds: [1, 2]\n");
        List<String> arguments = List.of(
                settings.toString(), "--quiet", "--out", folder.resolve(out).toString());
        assertThat(onSpark(arguments)).as("%s", said).isZero();
        assertThat(said.toString())
                .contains("2/2  ")
                .contains("trial of rates × 3.0")
                .doesNotContain("failed");
        assertThat(cells(out)).as("%s", said).hasSize(2 + 2);
        assertThat(folder.resolve(out).resolve("search.csv")).isNotEmptyFile();
        said.getBuffer().setLength(0);
        assertThat(onSpark(arguments)).isZero();
        assertThat(said.toString()).doesNotContain("/2  ");
    }

    /** Without the seconds, by the name of the file. */
    private static Map<String, String> cells(String out) throws IOException {
        Map<String, String> cells = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(out).resolve("cells"))) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(".json")).toList()) {
                cells.put(file.getFileName().toString(), Files.readString(file).replaceAll("\"seconds\":[^,]*,", ""));
            }
        }
        return cells;
    }
}
