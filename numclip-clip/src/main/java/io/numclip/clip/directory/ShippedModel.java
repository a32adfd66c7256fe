package io.numclip.clip.directory;

import io.numclip.clip.pixels.PreprocessorConfig;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.CacheFolder;
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
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * A model on the class path, under {@code numclip/}, which can be unpacked. Its folder is named after its content, and files that
 * differ are replaced, each as a whole, so that several programs may unpack at the same time.
 *
 * @param module has the files
 */
public record ShippedModel(String name, String module, List<String> files) {

    /** The name of the CLIP that ships with the program. */
    public static final String EMBEDDED = "embedded";

    /** The name of the CLIP that shipped with version 1.0.0, and still does. */
    public static final String EMBEDDED_1_0 = "embedded-1.0";

    /** Its {@link StoredWeights#fingerprint}. */
    public static final String FINGERPRINT_1_0 = "2208577c469d4c1f47947363d691d58b0f6483978ed7eb393f14738a220eb24f";

    /** The name of the image tower without a network, whose features are averages of pixels. */
    public static final String PIXELS = "pixels";

    /** The name of the small network without weights, which learns from nothing but the user's images. */
    public static final String SMALL_NETWORK = "small-network";

    static final ShippedModel CLIP_TINY = clip("clip-tiny-2");

    /** That of version 1.0.0. */
    static final ShippedModel CLIP_TINY_1_0 = clip("clip-tiny");

    static final ShippedModel GRID = withoutTexts(PIXELS);

    static final ShippedModel CONVOLUTIONS = withoutTexts(SMALL_NETWORK);

    private static ShippedModel withoutTexts(String name) {
        return new ShippedModel(
                name, "numclip-clip", List.of(ClipConfigFile.NAME, ModelFiles.WEIGHTS, PreprocessorConfig.FILE));
    }

    private static ShippedModel clip(String name) {
        return new ShippedModel(
                name,
                "numclip-clip-tiny",
                List.of(ClipConfigFile.NAME, ModelFiles.WEIGHTS, PreprocessorConfig.FILE, "tokenizer.json"));
    }

    Path unpack() throws IOException {
        return unpack(ShippedModel.class.getClassLoader(), List.of(CacheFolder::usual, CacheFolder::temporary));
    }

    /** @param cacheDirectories tried in order until one is writable */
    Path unpack(ClassLoader loader, List<Supplier<Path>> cacheDirectories) throws IOException {
        Map<String, byte[]> contents = read(loader);
        List<IOException> failures = new ArrayList<>();
        List<Path> tried = new ArrayList<>();
        for (Supplier<Path> folder : cacheDirectories) {
            Path cache = folder.get();
            tried.add(cache);
            try {
                return unpack(contents, cache.resolve(name + "-" + checksum(contents)));
            } catch (ClosedByInterruptException stopped) {
                throw stopped;
            } catch (IOException e) {
                failures.add(e);
            }
        }
        throw new NumClipException(
                Kind.OUTPUT,
                "The model %s cannot be unpacked: none of %s is writable".formatted(name, tried),
                "Set -Dnumclip.cache to a writable folder.",
                failures.get(0));
    }

    private Map<String, byte[]> read(ClassLoader loader) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String file : files) {
            String path = "numclip/" + name + "/" + file;
            try (InputStream resource = loader.getResourceAsStream(path)) {
                if (resource == null) {
                    throw new NumClipException(
                            Kind.UNAVAILABLE,
                            "The model " + name + " is not on the class path: no resource " + path,
                            "Add the module " + module + ", or name a CLIP directory.");
                }
                contents.put(file, resource.readAllBytes());
            }
        }
        return contents;
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
