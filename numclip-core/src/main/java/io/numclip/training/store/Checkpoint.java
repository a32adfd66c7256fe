package io.numclip.training.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.RegularFile;
import io.numclip.storage.Seal;
import io.numclip.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What work needs to go on where it was, in a folder such as {@code epoch-00012} with a {@link Seal}.
 *
 * @param progress how far the work has come
 */
public record Checkpoint<P>(Path folder, P progress) {

    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public Map<String, NDArray> parameters(NDManager manager) throws IOException {
        return Safetensors.read(folder.resolve(PARAMETERS), manager);
    }

    public void restore(Optimizer optimizer) throws IOException {
        optimizer.load(folder.resolve(OPTIMIZER));
    }

    /**
     * Where the checkpoints of a run lie.
     *
     * @param prefix of their names, before the number
     * @param digits of the number; shorter ones are filled with zeros
     * @param kept how many are left when one has been written
     */
    public record Place(Path root, String prefix, int digits, int kept) {

        /**
         * Writes a checkpoint, and removes those that are too old, and those with a higher number: the run did not go on from
         * them.
         */
        public void write(int number, Object progress, Map<String, NDArray> parameters, Optimizer optimizer)
                throws IOException {
            Path written = root.resolve(prefix + String.format(Locale.ROOT, "%0" + digits + "d", number));
            AtomicFolder.write(written, folder -> {
                SafetensorsWriter.write(folder.resolve(PARAMETERS), parameters, SafetensorsWriter.Type.F32, Map.of());
                optimizer.save(folder.resolve(OPTIMIZER));
                Files.write(folder.resolve(PROGRESS), JSON.writeValueAsBytes(progress));
                Seal.put(folder);
            });
            List<Path> all = folders();
            int end = all.indexOf(written) + 1;
            for (int i = 0; i < all.size(); i++) {
                if (i < end - kept || i >= end) {
                    AtomicFolder.delete(all.get(i));
                }
            }
        }

        /**
         * The newest one that matches its seal; empty if there is none.
         *
         * @param type of the progress, as it was written
         * @param damaged told of every one that is passed over: which file, and what is wrong with it
         */
        public <P> Optional<Checkpoint<P>> latest(Class<P> type, Consumer<String> damaged) throws IOException {
            List<Path> all = folders();
            for (int i = all.size() - 1; i >= 0; i--) {
                Path folder = all.get(i);
                Optional<String> damage = damage(folder);
                if (damage.isEmpty()) {
                    byte[] progress = RegularFile.read(folder.resolve(PROGRESS));
                    return Optional.of(new Checkpoint<>(folder, JSON.readValue(progress, type)));
                }
                damaged.accept(damage.get());
            }
            return Optional.empty();
        }

        private static Optional<String> damage(Path folder) throws IOException {
            return Seal.isOn(folder)
                    ? Seal.differences(folder, Seal.Digest.READING).stream().findFirst()
                    : Optional.of(folder + ": no " + Seal.FILE);
        }

        /** From the oldest to the newest. */
        private List<Path> folders() throws IOException {
            return !Files.isDirectory(root)
                    ? List.of()
                    : AtomicFolder.list(root).stream()
                            .filter(folder -> folder.getFileName().toString().startsWith(prefix))
                            .toList();
        }
    }
}
