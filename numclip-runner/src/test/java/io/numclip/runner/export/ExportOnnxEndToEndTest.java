package io.numclip.runner.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file is tested where it is written; this is the command. */
class ExportOnnxEndToEndTest {

    @TempDir
    private static Path shared;

    private static TestingConsole console;

    @BeforeAll
    static void train() throws IOException {
        console = new TestingConsole(TestingCatalog.create(shared), shared);
        TinyClip.in(shared.resolve("clip"));
        train(run());
    }

    private static void train(String out, String... settings) {
        List<String> arguments = Stream.concat(
                        Stream.of("train", "brightness", "--quiet", "--out", out),
                        Stream.concat(
                                        Stream.of("backbone.model=" + shared.resolve("clip"), "training.epochs=1"),
                                        Stream.of(settings))
                                .flatMap(setting -> Stream.of("--set", setting)))
                .toList();
        assertThat(console.run(arguments.toArray(String[]::new)))
                .as(console.err())
                .isZero();
    }

    private static String run() {
        return shared.resolve("run").toString();
    }

    @Test
    void writesAFileThatWasTested() {
        Path file = shared.resolve("model.onnx");
        assertThat(console.run("export", run(), "--to", "onnx", file.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("ONNX file: " + file + " (ONNX Runtime gives the same numbers)");
        assertThat(file).isNotEmptyFile();
    }

    /** They lie beside the CLIP, which has its own weights still. */
    @Test
    void lowRankChangesOfTheTowerAreInTheFile() {
        String run = shared.resolve("low-rank").toString();
        train(run, "training.lora.rank=2", "training.learningRates.imageEncoder=0.03");
        assertThat(console.run(
                        "export",
                        run,
                        "--to",
                        "onnx",
                        shared.resolve("low-rank.onnx").toString()))
                .as(console.err())
                .isZero();
    }

    @Test
    void licencesOfAModelCardAreRefused() {
        Path file = shared.resolve("licensed.onnx");
        assertThat(console.run("export", run(), "--to", "onnx", file.toString(), "--license", "mit"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("an ONNX file has none");
        assertThat(file).doesNotExist();
    }

    @Test
    void folderIsRefused() {
        assertThat(console.run("export", run(), "--to", "onnx", shared.toString()))
                .isEqualTo(73);
        assertThat(console.err()).contains("this is a folder, expected the name of a file");
    }
}
