package io.numclip.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Safetensors;
import io.numclip.storage.SafetensorsWriter;
import io.numclip.storage.Seal;
import io.numclip.training.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a pretraining needs to go on after a step, in a folder {@code step-0000100} with a {@link Seal}.
 *
 * @param step how many have been taken
 * @param settings what the pretraining was begun with
 */
record PretrainingCheckpoint(int step, Map<String, String> settings) {

    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes it into {@code root}, and removes older ones. */
    void write(Path root, Map<String, NDArray> parameters, Optimizer optimizer) throws IOException {
        Path folder = root.resolve(String.format(Locale.ROOT, "step-%07d", step));
        AtomicFolder.write(folder, fresh -> {
            SafetensorsWriter.write(fresh.resolve(PARAMETERS), parameters, SafetensorsWriter.Type.F32, Map.of());
            optimizer.save(fresh.resolve(OPTIMIZER));
            Files.write(fresh.resolve(PROGRESS), JSON.writeValueAsBytes(this));
            Seal.put(fresh);
        });
        for (Path other : AtomicFolder.list(root)) {
            if (!other.getFileName().equals(folder.getFileName())) {
                AtomicFolder.delete(other);
            }
        }
    }

    /** The folder of the newest one that is whole. */
    static Optional<Path> latest(Path root) throws IOException {
        List<Path> all = Files.isDirectory(root) ? AtomicFolder.list(root) : List.of();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (Seal.isOn(all.get(i))
                    && Seal.differences(all.get(i), Seal.Digest.READING).isEmpty()) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    static PretrainingCheckpoint read(Path folder) throws IOException {
        return JSON.readValue(RegularFile.read(folder.resolve(PROGRESS)), PretrainingCheckpoint.class);
    }

    static Map<String, NDArray> parameters(Path folder, NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(PARAMETERS), manager);
    }

    static void restore(Path folder, Optimizer optimizer) throws IOException {
        optimizer.load(folder.resolve(OPTIMIZER));
    }

    /** @throws NumClipException if they are not those that the pretraining was begun with */
    void requireSame(Map<String, String> now, Path folder) {
        TreeMap<String, String> all = new TreeMap<>(settings);
        all.putAll(now);
        TreeSet<String> changes = new TreeSet<>();
        all.keySet().forEach(name -> {
            if (!Objects.equals(settings.get(name), now.get(name))) {
                changes.add(name + ": begun with " + settings.get(name) + ", now " + now.get(name));
            }
        });
        if (!changes.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    folder + ": the pretraining was begun with other settings:\n  " + String.join("\n  ", changes),
                    "give the command as it was begun with, or name another folder with --out");
        }
    }
}
