package io.numclip.runner.doctor;

import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.storage.CacheFolder;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folders that the program writes on its own account: whether it can, how large they are, how much space is left. */
final class FoldersCheck {

    private static final long TOO_LITTLE = 100 * CheckResult.MEGABYTE;
    private static final long LITTLE = 1024 * CheckResult.MEGABYTE;

    private FoldersCheck() {}

    static List<CheckResult> results() throws IOException {
        return List.of(
                folder(
                        "cache",
                        CacheFolder.usual(),
                        "Features are computed anew in each run.",
                        "Name a folder: JAVA_OPTS=-Dnumclip.cache=DIR"),
                folder(
                        "native code",
                        NativeLibrary.folder(),
                        "Where libtorch is not unpacked yet, it cannot be.",
                        "Name a folder: DJL_CACHE_DIR=DIR"),
                folder(
                        "temporary files",
                        Path.of(System.getProperty("java.io.tmpdir")),
                        "Exports and the report of a bug need it.",
                        "Name a folder: JAVA_OPTS=-Djava.io.tmpdir=DIR"),
                folder("this folder", Path.of(""), "Runs need a place: train --out DIR.", "Go to another folder"));
    }

    /**
     * @param without what does not work if nothing can be written there
     * @param elsewhere how to name another folder
     */
    static CheckResult folder(String about, Path folder, String without, String elsewhere) throws IOException {
        Path there = existing(folder.toAbsolutePath().normalize());
        String name = folder.toAbsolutePath().normalize().toString();
        if (!writable(there)) {
            return CheckResult.warning(about, name + " cannot be written. " + without, elsewhere);
        }
        FileStore disk = Files.getFileStore(there);
        String space = name + size(folder, about) + "; " + CheckResult.megabytes(disk.getUsableSpace())
                + " are free on its disk.";
        if (disk.getUsableSpace() < TOO_LITTLE) {
            return CheckResult.problem(about, space, "Make space. " + elsewhere);
        }
        return disk.getUsableSpace() < LITTLE
                ? CheckResult.warning(about, space, "Make space before a training with many images. " + elsewhere)
                : CheckResult.ok(about, space);
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }

    /** The only way to know it: the system's own answer is wrong for some file systems and users. */
    private static boolean writable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "numclip-doctor-", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The size of a cache; the other folders are the user's. */
    private static String size(Path folder, String about) throws IOException {
        if (!about.equals("cache") && !about.equals("native code")) {
            return "";
        }
        if (!Files.isDirectory(folder)) {
            return ", not made yet";
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return ", "
                    + CheckResult.megabytes(files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum());
        }
    }
}
