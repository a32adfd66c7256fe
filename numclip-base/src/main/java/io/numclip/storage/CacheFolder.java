package io.numclip.storage;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** Where the program keeps what it could make again: in a folder that is this account's. */
public final class CacheFolder {

    /** System property that names the folder. */
    public static final String PROPERTY = "numclip.cache";

    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int MOST_NAMES = 20;

    private CacheFolder() {}

    /** The folder named by {@value #PROPERTY}, else {@code .cache/numclip} in the user's home, else, without one, {@link #temporary}. */
    public static Path usual() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return hasHome() ? home().resolve(".cache").resolve("numclip") : temporary();
    }

    public static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    /** Whether there is a home that this account may write; that of an account without a name is {@code ?}. */
    public static boolean hasHome() {
        return home().isAbsolute() && Files.isDirectory(home()) && Files.isWritable(home());
    }

    /**
     * A folder for this account below the one for temporary files, which anybody may write: one that somebody else has made, or
     * may write, is not used.
     *
     * @throws NumClipException if others have taken all names
     */
    public static Path temporary() {
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            for (int i = 0; i < MOST_NAMES; i++) {
                Path folder = all.resolve("numclip-" + System.getProperty("user.name") + (i == 0 ? "" : "-" + i));
                if (isNew(folder) || isOwn(folder)) {
                    return folder;
                }
            }
            throw new IOException("others have taken all names");
        } catch (IOException e) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    "there is no home folder, and no folder of this account in " + all + " ("
                            + NumClipException.firstLine(e) + ")",
                    "name folders of your own: JAVA_OPTS=-Dnumclip.cache=DIR and DJL_CACHE_DIR=DIR",
                    e);
        }
    }

    private static boolean isNew(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, isPosix(folder) ? new FileAttribute<?>[] {OWN} : new FileAttribute<?>[0]);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean isPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether a folder, and no link to one, is this account's alone. */
    private static boolean isOwn(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && (!isPosix(folder)
                        || (Files.getPosixFilePermissions(folder).equals(OWN.value())
                                && Files.getOwner(folder).equals(account())));
    }

    /** Whether what is there, or is to be made there, is this account's or the system's, and not everybody's to write. */
    public static boolean isSafe(Path folder) {
        try {
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    || !isPosix(folder)
                    || (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)
                            && (Files.getOwner(folder).getName().equals("root")
                                    || Files.getOwner(folder).equals(account())));
        } catch (IOException e) {
            return false;
        }
    }

    /** The owner of a new file. */
    private static UserPrincipal account() throws IOException {
        Path file = Files.createTempFile("numclip-", "");
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }
}
