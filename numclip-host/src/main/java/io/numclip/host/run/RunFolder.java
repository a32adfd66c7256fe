package io.numclip.host.run;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of a run, and the files in it. */
public record RunFolder(Path path) {

    private static final String CONFIG = "config.yaml";

    /** The next free {@code runs/<task>-<number>} of the working directory. */
    public static RunFolder next(String task) {
        Path runs = Path.of("runs");
        int number = 1;
        while (Files.exists(runs.resolve(task + "-" + number))) {
            number++;
        }
        return create(runs.resolve(task + "-" + number));
    }

    /** A new folder; one that exists must be empty. */
    public static RunFolder create(Path path) {
        try {
            Files.createDirectories(path);
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new NumClipException(
                            NumClipException.Kind.OUTPUT,
                            path + " is not empty",
                            "name another folder with --out, or resume the run in it with --resume " + path);
                }
            }
        } catch (IOException failure) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    path + " cannot be created (" + failure.getMessage() + ")",
                    "name a writable folder with --out",
                    failure);
        }
        return new RunFolder(path);
    }

    /** The folder of an earlier run. */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.config())) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    path + ": there is no run here (no " + CONFIG + ")",
                    "name a folder written by './numclip train', such as runs/age-1");
        }
        return folder;
    }

    public static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(CONFIG));
    }

    public Path config() {
        return path.resolve(CONFIG);
    }

    public Path model() {
        return path.resolve("model");
    }

    public Path metrics() {
        return path.resolve("metrics.json");
    }

    public Path predictions() {
        return path.resolve("predictions.csv");
    }

    public Path epochs() {
        return path.resolve("epochs.csv");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public Path chart() {
        return path.resolve("report.png");
    }
}
