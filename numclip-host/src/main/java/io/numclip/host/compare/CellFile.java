package io.numclip.host.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.host.files.Provenance;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file of a finished cell, {@code cells/<task>/<method>-<digest>-<digest>.json}. The first digest is of the whole
 * configuration, the second of its {@link Provenance}: when one of them changes the cell gets another file, and the old
 * one is kept in case they change back.
 */
final class CellFile {

    private static final String FORMAT = "numclip-cell-3";
    private static final String PROVENANCE = "provenance";
    private static final int DIGITS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String configuration;
    private final Provenance provenance;
    private final Path file;

    CellFile(Path folder, Cell cell, Provenance provenance) {
        String digest =
                new Fingerprint().add(FORMAT).add(cell.config().toYaml()).hex().substring(0, DIGITS);
        this.folder = folder.resolve("cells").resolve(plain(cell.config().taskName()));
        this.configuration = plain(cell.method()) + (cell.trial() ? "-trial-" : "-") + digest;
        this.provenance = provenance;
        this.file = this.folder.resolve(configuration + "-" + digest(provenance) + ".json");
    }

    private static String digest(Provenance provenance) {
        return new Fingerprint()
                .add(provenance.data())
                .add(provenance.clip())
                .add(provenance.program())
                .hex()
                .substring(0, DIGITS);
    }

    /** The name of the file, within those of all tasks. */
    String name() {
        return folder.getFileName() + "/" + file.getFileName();
    }

    /** What has changed since the same configuration was last trained; empty if it never was. */
    List<String> changes() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> earlier = files.filter(file -> String.valueOf(file.getFileName())
                            .matches(configuration + "-[0-9a-f]{" + DIGITS + "}\\.json"))
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()))
                    .toList();
            Optional<ObjectNode> last = earlier.isEmpty() ? Optional.empty() : content(earlier.get(earlier.size() - 1));
            return last.isEmpty()
                    ? List.of()
                    : provenance.changesSince(JSON.treeToValue(last.get().get(PROVENANCE), Provenance.class));
        }
    }

    /** Whether there is a file, complete or not. */
    boolean exists() {
        return Files.isRegularFile(file);
    }

    /** The result; empty if there is no complete file. */
    Optional<CellResult> read() throws IOException {
        Optional<ObjectNode> content = content(file);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.treeToValue(content.get().without(PROVENANCE), CellResult.class));
    }

    private static Optional<ObjectNode> content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), ObjectNode.class));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** Writes all or nothing. Nobody else may be writing it: what a killed process has left of it is cleared. */
    void write(CellResult result) throws IOException {
        Files.createDirectories(folder);
        Leftovers.clearOf(file);
        ObjectNode content = JSON.createObjectNode().set(PROVENANCE, JSON.valueToTree(provenance));
        content.setAll(JSON.<ObjectNode>valueToTree(result));
        AtomicFile.write(file, JSON.writeValueAsBytes(content));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }
}
