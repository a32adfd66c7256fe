package io.numclip.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Length and SHA-256 of every file of a folder, in the file {@value #FILE} beside them. A folder that matches its seal is
 * whole, and nobody has changed it. Hidden files and folders in it do not count.
 */
public final class Seal {

    public static final String FILE = "manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 12; // digits of a digest

    /** SHA-256 of a file in hex. */
    @FunctionalInterface
    public interface Digest {

        /** Reads the file. */
        Digest READING = file -> new Fingerprint().add(file).hex();

        String of(Path file) throws IOException;
    }

    /** What is known of a file. */
    private record Entry(long bytes, @Nullable String sha256) {

        static Entry of(Path file, Digest digest) throws IOException {
            return new Entry(Files.size(file), digest.of(file));
        }
    }

    private Seal() {}

    public static boolean isOn(Path folder) {
        return RegularFile.exists(folder.resolve(FILE));
    }

    /** Seals the folder as it is; to be called when all other files have been written. */
    public static void put(Path folder) throws IOException {
        write(folder, found(folder, Digest.READING));
    }

    /** SHA-256, in hex, of the seal, or of the one that {@link #put} would write. */
    public static String identity(Path folder, Digest digest) throws IOException {
        Path seal = folder.resolve(FILE);
        byte[] bytes = isOn(folder) ? RegularFile.read(seal) : json(found(folder, digest));
        return new Fingerprint().add(bytes).hex();
    }

    private static Map<String, Entry> found(Path folder, Digest digest) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        for (String name : names(folder)) {
            entries.put(name, Entry.of(folder.resolve(name), digest));
        }
        return entries;
    }

    /** Takes a file that was added or replaced into the seal; the others stay sealed as they were. */
    public static void include(Path folder, String name) throws IOException {
        Map<String, Entry> entries = new TreeMap<>(entries(folder));
        entries.put(name, Entry.of(folder.resolve(name), Digest.READING));
        write(folder, entries);
    }

    /**
     * What differs from the seal, a sentence for each file; nothing if the folder is as it was sealed.
     *
     * @throws io.numclip.data.NumClipException if a file is not a regular one
     */
    public static List<String> differences(Path folder, Digest digest) throws IOException {
        Map<String, Entry> sealed;
        try {
            sealed = entries(folder);
        } catch (JacksonException e) {
            return List.of(folder.resolve(FILE) + ": not a list of files with their lengths and SHA-256");
        }
        SortedSet<String> here = names(folder);
        SortedSet<String> all = new TreeSet<>(here);
        all.addAll(sealed.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : all) {
            String difference = here.contains(name)
                    ? difference(folder.resolve(name), sealed.get(name), digest)
                    : "missing, but " + FILE + " names it";
            if (!difference.isEmpty()) {
                differences.add(folder.resolve(name) + ": " + difference);
            }
        }
        return differences;
    }

    /** Empty if there is none. */
    private static String difference(Path file, @Nullable Entry sealed, Digest digest) throws IOException {
        RegularFile.exists(file);
        if (sealed == null) {
            return FILE + " does not name it";
        }
        long bytes = Files.size(file);
        if (bytes != sealed.bytes()) {
            return "expected " + sealed.bytes() + " bytes, found " + bytes;
        }
        String known = digest.of(file);
        String sha256 =
                known.equals(sealed.sha256()) ? known : Digest.READING.of(file); // what is remembered may be wrong
        return sha256.equals(sealed.sha256())
                ? ""
                : "expected the SHA-256 " + shortened(String.valueOf(sealed.sha256())) + ", found " + shortened(sha256);
    }

    private static String shortened(String sha256) {
        return sha256.length() > SHOWN ? sha256.substring(0, SHOWN) + "…" : sha256;
    }

    private static void write(Path folder, Map<String, Entry> entries) throws IOException {
        AtomicFile.write(folder.resolve(FILE), json(entries));
    }

    private static byte[] json(Map<String, Entry> entries) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entries);
    }

    private static Map<String, Entry> entries(Path folder) throws IOException {
        byte[] bytes = RegularFile.read(folder.resolve(FILE));
        Map<String, Entry> entries = JSON.readValue(bytes, new TypeReference<>() {});
        return Objects.requireNonNullElse(entries, Map.of());
    }

    /** Of everything that is sealed. */
    private static SortedSet<String> names(Path folder) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        for (Path file : AtomicFolder.list(folder)) {
            String name = file.getFileName().toString();
            if (!name.equals(FILE) && !name.startsWith(".") && !Files.isDirectory(file)) {
                names.add(name);
            }
        }
        return names;
    }
}
