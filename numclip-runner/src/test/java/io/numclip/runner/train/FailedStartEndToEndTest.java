package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that fails before it has trained anything. */
class FailedStartEndToEndTest {

    /** Beyond the scale, and used for nothing but the untrained CLIP. */
    private static final String WRONG =
            "zeroShot.binning={type: fixed, bins: [{concept: few, below: 99}, {concept: many}]}";

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path run;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
        run = folder.resolve("run");
    }

    @Test
    void theCorrectedCommandIsNotRefused() {
        train(WRONG).isEqualTo(78);
        assertThat(console.err()).contains("zeroShot.binning (fixed): ", "correct the section 'zeroShot.binning'");
        assertThat(run).doesNotExist();
        train().isZero();
    }

    @Test
    void aFolderThatWasThereStaysAndSoDoesAConfiguration() throws IOException {
        Files.createDirectory(run);
        train(WRONG).isEqualTo(78);
        assertThat(run).isEmptyDirectory();
        Files.writeString(run.resolve("config.yaml"), Files.readString(configured()));
        console.run("train", "--resume", run).isEqualTo(78);
        assertThat(run.resolve("config.yaml")).as("it was there before").exists();
    }

    private Path configured() throws IOException {
        return Files.writeString(folder.resolve("wrong.yaml"), """
                task: {type: brightness}
                method: linear-probe
                backbone: {model: %s}
                zeroShot: {binning: {type: fixed, bins: [{concept: few, below: 99}, {concept: many}]}}
                """.formatted(CLIP.toAbsolutePath()));
    }

    private AbstractIntegerAssert<?> train(String... settings) {
        return console.train(run, "method=linear-probe", "backbone.model=" + CLIP, settings);
    }
}
