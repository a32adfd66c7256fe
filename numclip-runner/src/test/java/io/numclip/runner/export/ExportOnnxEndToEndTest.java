package io.numclip.runner.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
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
        console = TestingConsole.in(shared);
        TinyClip.in(shared.resolve("clip"));
        train(run());
    }

    private static void train(String out, String... settings) {
        console.train(out, "backbone.model=" + shared.resolve("clip"), "training.epochs=1", settings)
                .isZero();
    }

    private static String run() {
        return shared.resolve("run").toString();
    }

    @Test
    void writesAFileThatWasTested() {
        Path file = shared.resolve("model.onnx");
        console.run("export", run(), "--to", "onnx", file).isZero();
        assertThat(console.out()).contains("ONNX file: " + file + " (ONNX Runtime gives the same numbers)");
        assertThat(file).isNotEmptyFile();
    }

    /** They lie beside the CLIP, which has its own weights still. */
    @Test
    void lowRankChangesOfTheTowerAreInTheFile() {
        String run = shared.resolve("low-rank").toString();
        train(run, "training.lora.rank=2", "training.learningRates.imageEncoder=0.03");
        console.run("export", run, "--to", "onnx", shared.resolve("low-rank.onnx"))
                .isZero();
    }

    @Test
    void licencesOfAModelCardAreRefused() {
        Path file = shared.resolve("licensed.onnx");
        console.run("export", run(), "--to", "onnx", file, "--license", "mit").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("an ONNX file has none");
        assertThat(file).doesNotExist();
    }

    @Test
    void folderIsRefused() {
        console.run("export", run(), "--to", "onnx", shared).isEqualTo(73);
        assertThat(console.err()).contains("this is a folder, expected the name of a file");
    }
}
