package io.numclip.runner.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

    @TempDir
    Path folder;

    @Test
    void makesAClipThatTheOtherCommandsRead() throws IOException {
        TestingConsole console = new TestingConsole(TestingCatalog.create(folder), folder);
        String out = folder.resolve("clip").toString();
        assertThat(console.run(
                        "pretrain", "--out", out, "--tasks", "brightness", "--images", "400", "--batch-size", "8"))
                .as(console.err())
                .isZero();
        assertThat(console.err()).contains("step 50 of 50  loss ");
        assertThat(Files.readAllLines(folder.resolve("clip/pretraining.csv"))).hasSize(2);
        assertThat(console.run("inspect", out)).as(console.err()).isZero();
        assertThat(console.run("embed", "--model", out, "--text", "a dark square", "--format", "json"))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("\"a dark square\"");
    }
}
