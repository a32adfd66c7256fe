package io.numclip.runner.terminal;

import static io.numclip.golden.GoldenFigures.CLIP;

import io.numclip.storage.CacheFolder;
import io.numclip.testing.DataSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of the task of the tests with intervals: the JVM trains it when the first test asks, and every test has a copy. */
public final class TrainedRun {

    public static final String MODEL = "backbone.model=" + CLIP;
    public static final String CALIBRATED = "task.data.samples.validation=60";

    private static final TrainedRun ONCE = new TrainedRun();

    private final Path folder;
    private final String said;

    private TrainedRun() {
        String cache = System.getProperty(CacheFolder.PROPERTY, "");
        try {
            folder = Files.createTempDirectory(Path.of("target"), "trained");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        TestingConsole console = TestingConsole.in(folder);
        console.train(folder.resolve("run"), MODEL, CALIBRATED).isZero();
        said = console.out();
        System.setProperty(CacheFolder.PROPERTY, cache);
    }

    /** The folder of the copy. */
    public static Path copy(Path target) throws IOException {
        return DataSets.copy(ONCE.folder.resolve("run"), target);
    }

    /** What {@code train} printed. */
    public static String said() {
        return ONCE.said;
    }
}
