package io.numclip.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 of files, remembered by the files' attributes, so that half a gigabyte need not be read at every start. As in git's
 * index, a file that has just been written is not remembered: it can change again within one tick of the file system's clock.
 * Attributes do not tell everything, so whoever reads weights compares them with the {@link FileSums} of the same moment.
 *
 * @param records in a folder; if it is not writable, nothing is remembered
 */
public record RememberedDigest(SealedRecords records, InstantSource clock) {

    /** In bytes: reading less takes no longer than looking up what is remembered. */
    public static final int LARGE = 1 << 20;

    private static final Duration TICK = Duration.ofSeconds(2);
    private static final String WEIGHTS = ".safetensors";

    /** What files must pass before their digest is remembered. */
    @FunctionalInterface
    public interface Check {
        void run() throws IOException;
    }

    public RememberedDigest(Path folder, InstantSource clock) {
        this(new SealedRecords(folder), clock);
    }

    /** That of the current user. */
    public static RememberedDigest usual() {
        return new RememberedDigest(CacheFolder.usual().resolve("fingerprints"), InstantSource.system());
    }

    /** The digest, in hex, of files one after the other; none is read again that is unchanged by its attributes. */
    public String of(List<Path> files) throws IOException {
        Fingerprint name = new Fingerprint();
        for (Path file : files) {
            name.add(FileState.of(file).toString());
        }
        return remembered(name.hex(), files, () -> {});
    }

    /**
     * The same of files that passed a check; all but large weights are read.
     *
     * @param check runs where the files are read, so not again until they change
     */
    public String of(List<Path> files, Check check) throws IOException {
        Fingerprint name = new Fingerprint().add("checked");
        for (Path file : files) {
            name.add(ofFile(file));
        }
        return remembered(name.hex(), files, check);
    }

    /** As {@link #of(List, Check)} of files that are read, whatever is remembered of them. */
    public String again(List<Path> files, Check check) throws IOException {
        Fingerprint name = new Fingerprint().add("checked");
        for (Path file : files) {
            name.add(readAgain(file).sha256());
        }
        return read(name.hex(), files, check);
    }

    private String remembered(String name, List<Path> files, Check check) throws IOException {
        Optional<byte[]> known = records.recall(name);
        return known.isPresent() ? new String(known.get(), StandardCharsets.UTF_8) : read(name, files, check);
    }

    private String read(String name, List<Path> files, Check check) throws IOException {
        Instant start = clock.instant();
        List<FileState> states = new ArrayList<>();
        for (Path file : files) {
            states.add(FileState.of(file));
        }
        check.run();
        Fingerprint digest = new Fingerprint();
        for (Path file : files) {
            digest.add(file);
        }
        String hex = digest.hex();
        if (areSettled(states, start)) {
            records.remember(name, hex.getBytes(StandardCharsets.UTF_8));
        }
        return hex;
    }

    /** The digest of a file in hex; where it holds weights and is large, it is remembered with its sums. */
    public String ofFile(Path file) throws IOException {
        Optional<FileSums> known = recall(FileState.of(file));
        return known.isPresent() ? known.get().sha256() : readAgain(file).sha256();
    }

    /** What is remembered of a file. */
    Optional<FileSums> recall(FileState state) {
        return isRemembered(state) ? records.recall(name(state)).map(FileSums::new) : Optional.empty();
    }

    /** Reads a file, and remembers that in place of what was remembered. */
    FileSums readAgain(Path file) throws IOException {
        FileState state = FileState.of(file);
        Instant start = clock.instant();
        FileSums sums = FileSums.read(file);
        if (isRemembered(state) && areSettled(List.of(state), start)) {
            records.remember(name(state), sums.record());
        }
        return sums;
    }

    private static boolean isRemembered(FileState state) {
        return state.size() >= LARGE && state.path().toString().endsWith(WEIGHTS);
    }

    private static String name(FileState state) {
        return new Fingerprint().add("sums").add(state.toString()).hex();
    }

    private static boolean areSettled(List<FileState> states, Instant start) throws IOException {
        for (FileState state : states) {
            if (!state.isOlderThan(start.minus(TICK))
                    || !FileState.of(state.path()).equals(state)) {
                return false;
            }
        }
        return true;
    }
}
