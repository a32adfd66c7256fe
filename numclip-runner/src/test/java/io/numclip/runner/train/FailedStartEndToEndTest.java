package io.numclip.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that fails before it has trained anything. */
class FailedStartEndToEndTest {

    private static final Path GOLDEN = Path.of("../numclip-core/src/test/resources/golden");

    /** Beyond the scale, and used for nothing but the untrained CLIP. */
    private static final String WRONG =
            "zeroShot.binning={type: fixed, bins: [{concept: few, below: 99}, {concept: many}]}";

    @TempDir
    Path folder;

    private TestingConsole console;
    private Path run;

    @BeforeEach
    void start() {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        console = new TestingConsole(TestingCatalog.create(folder), folder);
        run = folder.resolve("run");
    }

    @Test
    void theCorrectedCommandIsNotRefused() {
        assertThat(train("--set", WRONG)).isEqualTo(78);
        assertThat(console.err()).contains("zeroShot.binning (fixed): ", "correct the section 'zeroShot.binning'");
        assertThat(run).doesNotExist();
        assertThat(train()).as(console.err()).isZero();
    }

    @Test
    void aFolderThatWasThereStaysAndSoDoesAConfiguration() throws IOException {
        Files.createDirectory(run);
        assertThat(train("--set", WRONG)).isEqualTo(78);
        assertThat(run).isEmptyDirectory();
        Files.writeString(run.resolve("config.yaml"), Files.readString(configured()));
        assertThat(console.run("train", "--resume", run.toString())).isEqualTo(78);
        assertThat(run.resolve("config.yaml")).as("it was there before").exists();
    }

    private Path configured() throws IOException {
        return Files.writeString(folder.resolve("wrong.yaml"), """
                task: {type: brightness}
                method: linear-probe
                backbone: {model: %s}
                zeroShot: {binning: {type: fixed, bins: [{concept: few, below: 99}, {concept: many}]}}
                """.formatted(
                        GOLDEN.resolve("clip-tiny-random").toAbsolutePath()));
    }

    private int train(String... more) {
        String[] command = {
            "train",
            "brightness",
            "--out",
            run.toString(),
            "--quiet",
            "--method",
            "linear-probe",
            "--set",
            "backbone.model=" + GOLDEN.resolve("clip-tiny-random")
        };
        return console.run(Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new));
    }
}
