package io.numclip.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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
        task();
        assertThat(compare("--jobs", "2")).as(err()).isZero();
        assertThat(err().lines().filter(line -> line.contains(": MAE ")).map(line -> line.substring(0, 3)))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, METHODS)
                        .mapToObj(i -> i + "/" + METHODS)
                        .toList());
        assertThat(folder.resolve("out/compare.csv")).content().contains("ridge", "L1, linear", "CORAL", "NumCLIP");

        assertThat(compare()).as(err()).isZero();
        assertThat(err()).doesNotContain(": MAE ");
    }

    private void task() throws IOException {
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
