package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Safetensors;
import io.numclip.storage.SafetensorsWriter;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run needs to resume after an epoch, in a folder {@code epoch-00012} with a {@link Seal}. A checkpoint that does not
 * match its seal is skipped in favour of the one before.
 */
record Checkpoint(Path folder, Progress progress) {

    private static final String PREFIX = "epoch-";
    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final int KEPT = 2;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Writes a checkpoint into {@code root} and removes all but the two newest. */
    static void write(Path root, Progress progress, Map<String, NDArray> parameters, Optimizer optimizer)
            throws IOException {
        String name = PREFIX + String.format(Locale.ROOT, "%05d", progress.lastEpoch());
        AtomicFolder.write(root.resolve(name), folder -> {
            SafetensorsWriter.write(folder.resolve(PARAMETERS), parameters, SafetensorsWriter.Type.F32, Map.of());
            optimizer.save(folder.resolve(OPTIMIZER));
            Files.write(folder.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
            Seal.put(folder);
        });
        List<Path> all = folders(root);
        for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            AtomicFolder.delete(old);
        }
    }

    /**
     * Empty if there is none.
     *
     * @param damaged told of every checkpoint that is skipped
     * @throws NumClipException if there are checkpoints and all are damaged
     */
    static Optional<Checkpoint> latest(Path root, Consumer<String> damaged) throws IOException {
        List<Path> all = folders(root);
        String reason = "";
        for (int i = all.size() - 1; i >= 0; i--) {
            Path folder = all.get(i);
            reason = damage(folder);
            if (reason.isEmpty()) {
                byte[] progress = RegularFile.read(folder.resolve(PROGRESS));
                return Optional.of(new Checkpoint(folder, JSON.readValue(progress, Progress.class)));
            }
            if (i > 0) {
                damaged.accept(reason + "; this checkpoint is damaged, and the one before is used");
            }
        }
        if (!all.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA,
                    reason + "; no checkpoint in " + root + " is undamaged",
                    "Put " + root + " back from a copy, or delete it to train from the beginning.");
        }
        return Optional.empty();
    }

    /** Empty if there is none. */
    private static String damage(Path folder) throws IOException {
        if (!Seal.isOn(folder)) {
            return folder + ": no " + Seal.FILE;
        }
        return Seal.differences(folder, Seal.Digest.READING).stream()
                .findFirst()
                .orElse("");
    }

    Map<String, NDArray> parameters(NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(PARAMETERS), manager);
    }

    void restore(Optimizer optimizer) throws IOException {
        optimizer.load(folder.resolve(OPTIMIZER));
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
