package io.numclip.clip;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Unpacks a model from the class path. The folder is named after its content, and files that differ are replaced, each
 * as a whole, so that several programs may unpack at the same time.
 *
 * @param cacheDirectories tried in order until one is writable
 */
record EmbeddedModel(ClassLoader loader, List<Path> cacheDirectories) {

    private static final String RESOURCES = "numclip/clip-tiny/";
    private static final List<String> FILES =
            List.of("config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json");

    /**
     * The folder named by {@code numclip.cache}, or else the user's cache; then the system's folder for temporary
     * files.
     */
    static List<Path> usualCaches() {
        String home = System.getProperty("user.home");
        String chosen = System.getProperty("numclip.cache");
        Path first = chosen == null ? Path.of(home, ".cache", "numclip") : Path.of(chosen);
        Path second = Path.of(System.getProperty("java.io.tmpdir"), "numclip-" + System.getProperty("user.name"));
        return List.of(first, second);
    }

    Path unpack() throws IOException {
        Map<String, byte[]> files = read();
        List<IOException> failures = new ArrayList<>();
        for (Path cache : cacheDirectories) {
            try {
                return unpack(files, cache.resolve("clip-tiny-" + checksum(files)));
            } catch (ClosedByInterruptException stopped) {
                throw stopped;
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw new NumClipException(
                Kind.OUTPUT,
                "The embedded model cannot be unpacked: none of %s is writable".formatted(cacheDirectories),
                "Set -Dnumclip.cache to a writable folder.",
                failures.get(0));
    }

    private Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : FILES) {
            try (InputStream resource = loader.getResourceAsStream(RESOURCES + name)) {
                if (resource == null) {
                    throw new NumClipException(
                            Kind.UNAVAILABLE,
                            "The embedded model is not on the class path: no resource " + RESOURCES + name,
                            "Add the module numclip-clip-tiny, or name a CLIP directory.");
                }
                files.put(name, resource.readAllBytes());
            }
        }
        return files;
    }

    private static String checksum(Map<String, byte[]> files) {
        CRC32 checksum = new CRC32();
        files.values().forEach(checksum::update);
        return "%08x".formatted(checksum.getValue());
    }

    private static Path unpack(Map<String, byte[]> files, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
                AtomicFile.write(target, file.getValue());
            }
        }
        return directory;
    }
}
