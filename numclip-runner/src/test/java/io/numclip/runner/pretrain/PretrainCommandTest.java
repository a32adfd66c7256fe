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
        aModelThatIsThereIsLeftAsItIs(console, folder.resolve("clip"));
    }

    private static void aModelThatIsThereIsLeftAsItIs(TestingConsole console, Path clip) throws IOException {
        byte[] before = Files.readAllBytes(clip.resolve("tokenizer.json"));
        assertThat(console.run("pretrain", "--out", clip.toString(), "--tasks", "brightness", "--images", "64"))
                .isEqualTo(73);
        assertThat(console.err()).contains("exists and is not an empty folder", "delete this one");
        assertThat(clip.resolve("tokenizer.json")).hasBinaryContent(before);
        assertThat(clip.resolve(".lock")).doesNotExist();
    }

    @Test
    void tooFewImagesAreToldSo() throws IOException {
        TestingConsole console = new TestingConsole(TestingCatalog.create(folder), folder);
        String out = folder.resolve("clip").toString();
        assertThat(console.run("pretrain", "--out", out, "--tasks", "brightness", "--images", "8"))
                .isEqualTo(64);
        assertThat(console.err()).contains("images must be at least the batch size; found 8");
    }

    @Test
    void whatWasBrokenOffIsBegunAnew() throws IOException {
        TestingConsole console = new TestingConsole(TestingCatalog.create(folder), folder);
        Path clip = Files.createDirectories(folder.resolve("clip"));
        Files.writeString(clip.resolve("pretraining.csv"), "step,images,lo");
        Files.writeString(clip.resolve("tokenizer.json"), "{");
        String[] command = {
            "pretrain", "--out", clip.toString(), "--tasks", "brightness", "--images", "8", "--batch-size", "4"
        };
        assertThat(console.run(command)).as(console.err()).isZero();
        assertThat(console.run("inspect", clip.toString())).as(console.err()).isZero();
    }
}
