package io.numclip.clip.kernel;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.CacheFolder;
import io.numclip.storage.FileState;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.SealedRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where DJL unpacks PyTorch's libraries. It takes what it finds there for its own, so this comes before it: a folder of another
 * account is not used, and one with other libraries than those of the class path is unpacked anew.
 */
final class NativeFolder {

    private static final String NAMED = "DJL_CACHE_DIR";
    private static final String JNI = System.mapLibraryName("djl_torch");
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib)"); // as DJL has it
    private static final int LARGE = 1 << 24; // in bytes; to unpack more of the jar takes seconds
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeFolder.class);

    private NativeFolder() {}

    /** Names a folder to DJL, unless the user has named one, or there is a home to have it in. */
    static void choose() {
        boolean isNamed = Stream.of(NAMED, "ENGINE_CACHE_DIR")
                .map(Utils::getEnvOrSystemProperty)
                .anyMatch(named -> named != null && !named.isEmpty());
        if (!isNamed
                && !(CacheFolder.hasHome()
                        && CacheFolder.isSafe(CacheFolder.home().resolve(".djl.ai")))) {
            System.setProperty(NAMED, CacheFolder.temporary().resolve("djl").toString());
        }
    }

    /** @throws NumClipException if the libraries are others, and cannot be unpacked anew */
    static void check() throws IOException {
        choose();
        Platform platform = Platform.detectPlatform("pytorch");
        Path folder = Utils.getEngineCacheDir("pytorch")
                .resolve(platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier());
        boolean isUnpacked = !platform.isPlaceholder() && Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") == null;
        if (isUnpacked && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            check(folder, platform);
        }
    }

    /** What was compared once is known by its attributes, as nobody can set the time of the last change of those. */
    private static void check(Path folder, Platform platform) throws IOException {
        List<Path> libraries;
        try (Stream<Path> files = Files.walk(folder)) {
            libraries = files.filter(NativeFolder::isLibrary).sorted().toList();
        }
        Fingerprint states = new Fingerprint().add("native");
        for (Path library : libraries) {
            states.add(library.toString()).add(FileState.of(library).toString());
        }
        String name = states.hex();
        SealedRecords records = new SealedRecords(CacheFolder.usual().resolve("fingerprints"));
        if (records.recall(name).isPresent()) {
            return;
        }
        for (Path library : libraries) {
            if (!isOfProgram(library, folder, platform)) {
                LOGGER.warn("{} is not the library that comes with the program; all are unpacked anew", library);
                replace(folder, library);
                return;
            }
        }
        records.remember(name, new byte[0]);
    }

    private static void replace(Path folder, Path library) {
        try {
            AtomicFolder.delete(folder);
        } catch (IOException e) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    library + " is not the library that comes with the program, and cannot be replaced: " + e,
                    "delete " + folder + ", or name a folder of your own: " + NAMED + "=DIR",
                    e);
        }
    }

    private static boolean isLibrary(Path file) {
        return LIBRARY.matcher(file.getFileName().toString()).matches();
    }

    private static boolean isOfProgram(Path library, Path folder, Platform platform) throws IOException {
        String name = library.getFileName().toString();
        if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS) || !folder.equals(library.getParent())) {
            return false;
        }
        if (name.equals(JNI) || name.equals(Engine.getDjlVersion() + "-" + JNI)) {
            return isSame(library, "jnilib/" + platform.getClassifier() + "/" + platform.getFlavor() + "/" + JNI);
        }
        return name.endsWith("-" + JNI) // of another version of DJL, which this one does not load
                || (List.of(platform.getLibraries()).contains(name)
                        && isSame(
                                library,
                                "pytorch/" + platform.getFlavor() + "/" + platform.getClassifier() + "/" + name));
    }

    /** By SHA-256; a very large file by its size and the CRC-32 of the jar. */
    private static boolean isSame(Path file, String resource) throws IOException {
        Optional<URL> there = Stream.of(Thread.currentThread().getContextClassLoader(), Engine.class.getClassLoader())
                .flatMap(loader -> loader == null ? Stream.empty() : Stream.ofNullable(loader.getResource(resource)))
                .findFirst();
        return there.isPresent() && isSame(file, there.get());
    }

    private static boolean isSame(Path file, URL expected) throws IOException {
        if (Files.size(file) > LARGE && expected.openConnection() instanceof JarURLConnection jar) {
            JarEntry entry = jar.getJarEntry();
            return Files.size(file) == entry.getSize() && crc(file) == entry.getCrc();
        }
        try (InputStream ours = expected.openStream()) {
            String sha256 = new Fingerprint().add(ours).hex();
            return sha256.equals(new Fingerprint().add(file).hex());
        }
    }

    private static long crc(Path file) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getChecksum().getValue();
        }
    }
}
