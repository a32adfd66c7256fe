package io.numclip.clip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 over files, one after the other, remembered by what the file system says of them: half a gigabyte need not be read
 * at every start. As in git's index, a file that has just been written is not remembered: it can change again within one
 * tick of the file system's clock.
 *
 * <p>A record is a small file named by a digest of those words, written as a whole, so that programs may share the folder.
 *
 * @param folder of the records; where it cannot be written, nothing is remembered
 */
record RememberedDigest(Path folder, InstantSource clock) {

    private static final Duration TICK = Duration.ofSeconds(2);
    private static final int BUFFER = 1 << 18;

    /** What changes when a file does. */
    private record State(Path path, long size, FileTime modified, FileTime changed, String key) {

        static State of(Path file) throws IOException {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            FileTime changed = unix ? (FileTime) Files.getAttribute(file, "unix:ctime") : basic.lastModifiedTime();
            String key = String.valueOf(basic.fileKey());
            return new State(file.toRealPath(), basic.size(), basic.lastModifiedTime(), changed, key);
        }

        boolean isOlderThan(Instant moment) {
            return modified.toInstant().isBefore(moment) && changed.toInstant().isBefore(moment);
        }
    }

    /** In hex. */
    String of(List<Path> files) throws IOException {
        Instant start = clock.instant();
        List<State> states = states(files);
        Path kept = folder.resolve(hex(sha256().digest(states.toString().getBytes(StandardCharsets.UTF_8))));
        Optional<String> known = recall(kept);
        if (known.isPresent()) {
            return known.get();
        }
        String digest = digest(files);
        boolean settled = states.stream().allMatch(state -> state.isOlderThan(start.minus(TICK)));
        if (settled && states.equals(states(files))) {
            remember(kept, digest);
        }
        return digest;
    }

    private static List<State> states(List<Path> files) throws IOException {
        List<State> states = new ArrayList<>();
        for (Path file : files) {
            states.add(State.of(file));
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
            // a cache that cannot be written costs time, nothing else
        }
    }

    private static String digest(List<Path> files) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
