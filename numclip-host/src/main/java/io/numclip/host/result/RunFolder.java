package io.numclip.host.result;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.storage.FolderLock;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of a run, and the files in it. */
public record RunFolder(Path path) {

    private static final String CONFIG = "config.yaml";

    /** The folder of an earlier run. */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!isRun(path)) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    path + ": there is no run here (no " + CONFIG + ")",
                    "name a folder written by '" + Invocation.NAME + " train', such as runs/age-1");
        }
        return folder;
    }

    public static boolean isRun(Path path) {
        return RegularFile.exists(path.resolve(CONFIG));
    }

    /** The name of a run's folder, also for the model directory in it. */
    public static String name(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        Path parent = folder.getParent();
        Path run = parent != null && !isRun(folder) && isRun(parent) ? parent : folder;
        Path name = run.getFileName();
        return name == null ? run.toString() : name.toString();
    }

    public Path config() {
        return path.resolve(CONFIG);
    }

    /** Deletes the configuration of a run that has written nothing else. */
    public void forgetStart() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            if (!files.allMatch(file -> FolderLock.isLock(file) || file.equals(config()))) {
                return;
            }
        }
        Files.deleteIfExists(config());
    }

    /** What was found when the model was recalibrated; only such a model has it. */
    public Path recalibration() {
        return path.resolve("recalibration.txt");
    }

    /** Whether there is no training behind the model, and no figures of one. */
    public boolean isRecalibrated() {
        return RegularFile.exists(recalibration());
    }

    /** @throws NumClipException if there is no training behind the model that could go on or have figures */
    public void requireTraining() {
        if (isRecalibrated()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    path + ": a recalibrated model has no training of its own, and no figures of one",
                    "see " + recalibration() + ", or test it with: " + Invocation.NAME + " evaluate "
                            + Invocation.argument(path));
        }
    }

    public Path model() {
        return path.resolve("model");
    }

    /** What the run is resumed from; exists once an epoch is finished. */
    public Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /** Where images are learned again; exists until the run is finished. */
    public Path refit() {
        return path.resolve("refit");
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

    /** The same epochs as JSON Lines. */
    public Path epochLines() {
        return path.resolve("epochs.jsonl");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    /** The file that says when and where the run was finished. */
    public Path made() {
        return path.resolve("made.json");
    }
}
