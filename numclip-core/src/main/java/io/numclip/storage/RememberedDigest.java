package io.numclip.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 over files, one after the other, remembered by the files' attributes, so that half a gigabyte need not be
 * read at every start. As in git's index, a file that has just been written is not remembered: it can change again
 * within one tick of the file system's clock.
 *
 * <p>A record is a small file named after a digest of the attributes; it is written as a whole, so that programs may
 * share the folder.
 *
 * @param folder of the records; if it is not writable, nothing is remembered
 */
public record RememberedDigest(Path folder, InstantSource clock) {

    private static final Duration TICK = Duration.ofSeconds(2);

    /** What files must pass before their digest is remembered. */
    @FunctionalInterface
    public interface Check {
        void run() throws IOException;
    }

    /** The digest in hex. */
    public String of(List<Path> files) throws IOException {
        return of(files, "", () -> {});
    }

    /**
     * The digest in hex of files that passed a check.
     *
     * @param check runs where the files are read, so not again until they change
     */
    public String of(List<Path> files, Check check) throws IOException {
        return of(files, "checked", check);
    }

    private String of(List<Path> files, String kind, Check check) throws IOException {
        Instant start = clock.instant();
        List<FileState> states = states(files);
        Fingerprint name = new Fingerprint().add(kind);
        states.forEach(state -> name.add(state.toString()));
        Path kept = folder.resolve(name.hex());
        Optional<String> known = recall(kept);
        if (known.isPresent()) {
            return known.get();
        }
        check.run();
        String digest = digest(files);
        boolean settled = states.stream().allMatch(state -> state.isOlderThan(start.minus(TICK)));
        if (settled && states.equals(states(files))) {
            remember(kept, digest);
        }
        return digest;
    }

    private static List<FileState> states(List<Path> files) throws IOException {
        List<FileState> states = new ArrayList<>();
        for (Path file : files) {
            states.add(FileState.of(file));
        }
        return states;
    }

    private static Optional<String> recall(Path kept) {
        try {
            return Optional.of(Files.readString(kept)).filter(text -> text.matches("[0-9a-f]{64}"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void remember(Path kept, String digest) {
        try {
            Files.createDirectories(kept.getParent());
            AtomicFile.write(kept, digest.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // a cache that cannot be written only costs time
        }
    }

    private static String digest(List<Path> files) throws IOException {
        Fingerprint digest = new Fingerprint();
        for (Path file : files) {
            digest.add(file);
        }
        return digest.hex();
    }
}
