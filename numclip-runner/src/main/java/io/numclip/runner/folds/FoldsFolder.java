package io.numclip.runner.folds;

import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.result.RunFolder;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.OneLine;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a run over folds: a run folder for each fold, and their joint results. */
public record FoldsFolder(Path path) {

    private static final String CONFIG = "folds.yaml";
    private static final String NAMES = "folds.txt";

    /** Starts a run over folds in a new folder; it can be resumed from here. */
    public static FoldsFolder create(RunFolder folder, ExperimentConfig config, List<String> names) throws IOException {
        names.forEach(name -> OneLine.of("fold", name));
        FoldsFolder folds = new FoldsFolder(folder.path());
        AtomicFile.write(folds.path.resolve(NAMES), String.join("\n", names) + "\n");
        AtomicFile.write(folds.config(), config.toYaml());
        return folds;
    }

    public static boolean isFolds(Path path) {
        return Files.isRegularFile(path.resolve(CONFIG));
    }

    /** The configuration of all folds. */
    public Path config() {
        return path.resolve(CONFIG);
    }

    /** The folds of this run, in order. */
    public List<String> names() throws IOException {
        return RegularFile.text(path.resolve(NAMES)).lines().toList();
    }

    /** The run folder of one fold. Characters that file systems may not allow are escaped. */
    public RunFolder fold(String name) {
        return new RunFolder(path.resolve("fold-" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
    }

    /** Holds every fold's figures as a table. */
    public Path csv() {
        return path.resolve("folds.csv");
    }

    /** Holds every fold's figures, their means and deviations. */
    public Path json() {
        return path.resolve("folds.json");
    }

    public Path report() {
        return path.resolve("report.html");
    }
}
