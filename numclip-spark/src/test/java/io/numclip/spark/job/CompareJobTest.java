package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingList;
import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.terminal.Services;
import io.numclip.spark.TestingSpark;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
class CompareJobTest {

    private static final int CELLS = (2 + 4) * 2; // two methods and four yardsticks, with two seeds

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    private final StringWriter said = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        TestingList.write(folder);
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Path plan(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("compare.yaml"),
                "tasks: [task.yaml]\nfrozen: true\nseeds: [1, 2]\n" + String.join("\n", lines));
    }

    private int onSpark(Path plan, String out) {
        return Main.run(
                new Console(said, said, false),
                "compare",
                "--plugins",
                folder.resolve("no-plugins").toString(),
                plan.toString(),
                "--out",
                folder.resolve(out).toString());
    }

    private int here(Path plan, String out) {
        Services services =
                new Services(new Console(said, said, false), new PluginFolders(folder.resolve("no-plugins")));
        return new CommandLine(new io.numclip.runner.compare.CompareCommand(services))
                .execute(
                        plan.toString(), "--quiet", "--out", folder.resolve(out).toString());
    }

    @Test
    void cellsAndTablesAreThoseOfOneMachine() throws IOException {
        Path plan = plan("methods: [ridge, coral]");
        assertThat(here(plan, "here")).as("%s", said).isZero();
        assertThat(onSpark(plan, "spark")).as("%s", said).isZero();
        assertThat(said.toString()).contains("trained; the tables: numclip compare " + plan);
        assertThat(cells("spark")).hasSize(CELLS).isEqualTo(cells("here"));

        assertThat(here(plan, "spark")).as("%s", said).isZero();
        assertThat(said.toString()).contains(CELLS + " trainings, " + CELLS + " of them done earlier");
        assertThat(folder.resolve("spark/differences.csv"))
                .hasSameTextualContentAs(folder.resolve("here/differences.csv"));
    }

    @RepeatedTest(3) // two tasks of one process meet in a training now and then only
    void whatIsFinishedIsNotTrainedAgainAndASearchGoesFirst(RepetitionInfo turn) throws IOException {
        String out = "search" + turn.getCurrentRepetition();
        Path plan = plan("search: {factors: [1, 3], seed: 1}", "methods: [coral]", "yardsticks: false");
        assertThat(onSpark(plan, out)).as("%s", said).isZero();
        assertThat(said.toString()).doesNotContain("failed");
        assertThat(cells(out)).as("%s", said).hasSize(2 + 2);
        Map<String, FileTime> written = times(out);
        assertThat(onSpark(plan, out)).isZero();
        assertThat(times(out)).isEqualTo(written);
        assertThat(here(plan, out)).as("%s", said).isZero();
        assertThat(folder.resolve(out).resolve("search.csv")).isNotEmptyFile();
    }

    @Test
    void aMistakeInTheFileIsSaidBeforeSparkStarts() throws IOException {
        assertThat(onSpark(plan("methods: [corral]"), "wrong")).isEqualTo(78);
        assertThat(said.toString()).contains("corral");
        assertThat(onSpark(folder.resolve("absent.yaml"), "wrong")).isEqualTo(66);
    }

    private static Map<String, FileTime> times(String out) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        for (String name : cells(out).keySet()) {
            times.put(
                    name,
                    Files.getLastModifiedTime(
                            folder.resolve(out).resolve("cells/generic").resolve(name)));
        }
        return times;
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
