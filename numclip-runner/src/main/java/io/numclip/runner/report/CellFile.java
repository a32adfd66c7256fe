package io.numclip.runner.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Fingerprint;
import io.numclip.runner.experiment.Cell;
import io.numclip.runner.experiment.CellResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file of a finished cell, {@code cells/<task>/<method>-<digest>.json}. The digest is of the whole configuration: a
 * cell whose settings change has another file, and the old one stays for who goes back.
 */
public final class CellFile {

    private static final String FORMAT = "numclip-cell-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public CellFile(Path folder, Cell cell) {
        String digest =
                new Fingerprint().add(FORMAT).add(cell.config().toYaml()).hex();
        this.file = folder.resolve("cells")
                .resolve(plain(cell.config().task().type()))
                .resolve(plain(cell.method()) + "-" + digest.substring(0, 16) + ".json");
    }

    /** Empty where there is no whole file. */
    public Optional<CellResult> read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), CellResult.class));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** All or nothing. */
    public void write(CellResult result) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        JSON.writeValue(part.toFile(), result);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }
}
