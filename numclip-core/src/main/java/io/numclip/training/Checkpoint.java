package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.Safetensors;
import io.numclip.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a run needs to resume after an epoch, in a folder {@code epoch-00012}. A manifest with length and SHA-256 of
 * every file is written last; a checkpoint that does not match its manifest is skipped in favour of the one before.
 */
record Checkpoint(Path folder, Progress progress) {

    private static final String PREFIX = "epoch-";
    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final String MANIFEST = "manifest.json";
    private static final int KEPT = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Length and SHA-256 of a file. */
    private record FileSeal(long bytes, String sha256) {

        static FileSeal of(Path file) throws IOException {
            return new FileSeal(Files.size(file), new Fingerprint().add(file).hex());
        }
    }

    /** Writes a checkpoint into {@code root} and removes all but the two newest. */
    static void write(Path root, Progress progress, Map<String, NDArray> parameters, RAdam optimizer)
            throws IOException {
        String name = PREFIX + String.format(Locale.ROOT, "%05d", progress.lastEpoch());
        AtomicFolder.write(root.resolve(name), folder -> {
            SafetensorsWriter.write(folder.resolve(PARAMETERS), parameters, SafetensorsWriter.Type.F32, Map.of());
            optimizer.save(folder.resolve(OPTIMIZER));
            JSON.writeValue(folder.resolve(PROGRESS).toFile(), progress);
            JSON.writeValue(folder.resolve(MANIFEST).toFile(), seals(folder));
        });
        List<Path> all = folders(root);
        for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            AtomicFolder.delete(old);
        }
    }

    /** @param damaged told of every checkpoint that is skipped */
    static Optional<Checkpoint> latest(Path root, Consumer<String> damaged) throws IOException {
        List<Path> all = folders(root);
        for (int i = all.size() - 1; i >= 0; i--) {
            Path folder = all.get(i);
            if (isWhole(folder)) {
                return Optional.of(new Checkpoint(
                        folder, JSON.readValue(folder.resolve(PROGRESS).toFile(), Progress.class)));
            }
            damaged.accept(folder + ": damaged checkpoint, skipped");
        }
        return Optional.empty();
    }

    Map<String, NDArray> parameters(NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(PARAMETERS), manager);
    }

    void restore(RAdam optimizer) throws IOException {
        optimizer.load(folder.resolve(OPTIMIZER));
    }

    private static boolean isWhole(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return false;
        }
        try {
            Map<String, FileSeal> expected = JSON.readValue(manifest.toFile(), new TypeReference<>() {});
            return expected.equals(seals(folder));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return false;
        }
    }

    private static Map<String, FileSeal> seals(Path folder) throws IOException {
        Map<String, FileSeal> seals = new TreeMap<>();
        for (Path file : AtomicFolder.list(folder)) {
            String name = file.getFileName().toString();
            if (!name.equals(MANIFEST)) {
                seals.put(name, FileSeal.of(file));
            }
        }
        return seals;
    }

    private static List<Path> folders(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        return AtomicFolder.list(root).stream()
                .filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                .toList();
    }
}
