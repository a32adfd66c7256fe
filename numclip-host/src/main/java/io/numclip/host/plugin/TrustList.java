package io.numclip.host.plugin;

import static java.util.stream.Collectors.joining;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.FolderLock;
import io.numclip.storage.OneLine;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which plugin files may run, by SHA-256: the lock file {@code plugins.lock}. File names in it are for human readers;
 * only the hash decides.
 */
public record TrustList(List<Entry> entries) {

    /** Who vouches for a file. */
    public enum Source {
        BUILD,
        USER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One trusted file. */
    public record Entry(String sha256, String file, Source source) {

        public Entry {
            OneLine.of("plugin", file);
        }

        private static Entry of(Matcher line) {
            return new Entry(
                    line.group(1), line.group(2), Source.valueOf(line.group(3).toUpperCase(Locale.ROOT)));
        }

        @Override
        public String toString() {
            return sha256 + "  " + file + "  " + source;
        }
    }

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\V+)  (build|user)");
    private static final String EXPECTED =
            ": expected a SHA-256, a file name and \"build\" or \"user\", two spaces apart; found ";
    private static final int LONGEST_FOUND = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Logger LOGGER = LoggerFactory.getLogger(TrustList.class);
    private static final String HEADER = """
            # Plugins that may run, by the SHA-256 of the file. A plugin has all the rights of the user who runs it.
            # "build" lines are rewritten by each build; "./numclip plugins trust FILE" adds a "user" line.
            """;

    public TrustList {
        entries = List.copyOf(entries);
    }

    /**
     * @return an empty list if there is no such file
     * @throws NumClipException (DATA) if a line is not a trust line, (NOT_PERMITTED) if this user may not read it
     */
    public static TrustList read(Path lockFile) {
        return read(lockFile, Files::readAllLines, (where, line) -> {
            throw damaged(where + line, null);
        });
    }

    /**
     * Reads, changes and writes the lock file, while no other process does. Lines that are damaged are left out, and said.
     *
     * @throws NumClipException (BUSY) if another process has the folder for long
     */
    static void change(Path lockFile, UnaryOperator<TrustList> change) throws IOException {
        FolderLock.during(lockFile.toAbsolutePath().resolveSibling(""), PATIENCE, () -> {
            List<String> damaged = new ArrayList<>();
            TrustList before = read(
                    lockFile,
                    file -> new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .toList(),
                    (where, line) -> damaged.add(where + line));
            if (!damaged.isEmpty()) {
                damaged.forEach(line -> LOGGER.warn("left out: {}", line));
                before.write(lockFile); // also where the change fails
            }
            TrustList after = change.apply(before);
            after.write(lockFile);
            return after;
        });
    }

    private interface Lines {
        List<String> of(Path file) throws IOException;
    }

    private static TrustList read(Path lockFile, Lines reading, BiConsumer<String, String> damaged) {
        if (!Files.exists(lockFile)) {
            return new TrustList(List.of());
        }
        try {
            return new TrustList(entries(lockFile, reading.of(lockFile), damaged));
        } catch (AccessDeniedException e) {
            throw new NumClipException(
                    NumClipException.Kind.NOT_PERMITTED,
                    lockFile + " may not be read by this user, so no plugin can be trusted",
                    "let its owner run: chmod a+r " + lockFile,
                    e);
        } catch (CharacterCodingException e) {
            throw damaged(lockFile + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new NumClipException(
                    NumClipException.Kind.IO,
                    lockFile + " cannot be read: " + NumClipException.firstLine(e),
                    "check the disk and that it is a regular file",
                    e);
        }
    }

    private static List<Entry> entries(Path lockFile, List<String> lines, BiConsumer<String, String> damaged) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher trusted = LINE.matcher(line);
            if (trusted.matches()) {
                entries.add(Entry.of(trusted));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                damaged.accept(
                        lockFile + ":" + (i + 1) + EXPECTED, line.substring(0, Math.min(line.length(), LONGEST_FOUND)));
            }
        }
        return entries;
    }

    private static NumClipException damaged(String message, @Nullable Exception cause) {
        return new NumClipException(
                NumClipException.Kind.DATA,
                message,
                "trust a plugin again, which leaves out what is damaged: " + Invocation.NAME + " plugins trust FILE",
                cause);
    }

    public boolean contains(String sha256) {
        return entries.stream().anyMatch(entry -> entry.sha256().equals(sha256));
    }

    /** An entry for a file of this name, whatever its hash. */
    public Optional<Entry> byFile(String file) {
        return entries.stream().filter(entry -> entry.file().equals(file)).findFirst();
    }

    public List<Entry> entriesOf(String sha256) {
        return entries.stream().filter(entry -> entry.sha256().equals(sha256)).toList();
    }

    /** This list without some of its entries. */
    public TrustList without(List<Entry> taken) {
        return new TrustList(
                entries.stream().filter(entry -> !taken.contains(entry)).toList());
    }

    /** This list with a file that the user trusts; an older version of the file is no longer trusted. */
    public TrustList withUser(String sha256, String file) {
        if (contains(sha256)) {
            return this;
        }
        Stream<Entry> others = entries.stream()
                .filter(entry -> !(entry.source() == Source.USER && entry.file().equals(file)));
        return new TrustList(Stream.concat(others, Stream.of(new Entry(sha256, file, Source.USER)))
                .toList());
    }

    /** This list with the files of a build in place of those of the previous build. */
    public TrustList withBuild(List<Entry> built) {
        Stream<Entry> users = entries.stream().filter(entry -> entry.source() == Source.USER);
        return new TrustList(Stream.concat(built.stream(), users).toList());
    }

    /** Writes the lock file in one step: a reader sees the old list or the new one. Who may write it may trust. */
    public void write(Path lockFile) throws IOException {
        String text = HEADER + entries.stream().map(entry -> entry + "\n").collect(joining());
        Files.createDirectories(lockFile.toAbsolutePath().resolveSibling(""));
        AtomicFile.writeOwn(lockFile, text);
    }
}
