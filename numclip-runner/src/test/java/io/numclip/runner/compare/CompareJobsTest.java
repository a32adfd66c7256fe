package io.numclip.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that work on one comparison. */
@Tag("ci")
class CompareJobsTest {

    private static final int METHODS = 4;

    @TempDir
    Path folder;

    @Test
    void eachCellIsTrainedByOneOfThem() throws Exception {
        TestingList.write(folder);
        assertThat(compare("--jobs", "2")).as(err()).isZero();
        assertThat(err().lines().filter(line -> line.contains(": MAE ")).map(line -> line.substring(0, 3)))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, METHODS)
                        .mapToObj(i -> i + "/" + METHODS)
                        .toList());
        assertThat(folder.resolve("out/compare.csv")).content().contains("ridge", "L1, linear", "CORAL", "NumCLIP");

        assertThat(compare()).as(err()).isZero();
        assertThat(err()).doesNotContain(": MAE ");
    }

    private int compare(String... further) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("plugins"));
        ProcessBuilder compare = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xshare:auto",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + folder.resolve("plugins"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.numclip.runner.Main",
                "compare",
                "--tasks",
                folder.resolve("task.yaml").toString(),
                "--methods",
                "ridge,regression,coral,numclip",
                "--frozen",
                "--no-yardsticks",
                "--out",
                folder.resolve("out").toString());
        compare.command().addAll(List.of(further));
        Process process = compare.redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }
}
