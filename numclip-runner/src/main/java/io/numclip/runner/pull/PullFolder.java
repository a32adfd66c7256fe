package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that a model is downloaded to. What has arrived of a file lies in {@code .pull} until it is verified. */
record PullFolder(Path path) {

    static final String RECORD = "pulled.json";
    private static final String WORK = ".pull";
    private static final String BEGUN = "begun.json";

    /** Takes the folder, which must be new, empty, or of an earlier download. */
    FolderLock take() throws IOException {
        requireOurs();
        try {
            return FolderLock.take(path);
        } catch (IOException e) {
            throw new NumClipException(
                    Kind.OUTPUT, path + " cannot be written (" + e.getMessage() + ")", "name another folder", e);
        }
    }

    private void requireOurs() throws IOException {
        boolean ours = Files.exists(path.resolve(RECORD)) || Files.exists(work(BEGUN));
        if (!ours && !AtomicFolder.isFree(path)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    path + " holds something else",
                    "name a new folder, or an empty one; nothing is written over");
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path part(String name) {
        return work(name + ".part");
    }

    /** The ETag that the part of a file is from. */
    Path etag(String name) {
        return work(name + ".etag");
    }

    private Path work(String name) {
        return path.resolve(WORK).resolve(name);
    }

    /** What a download that has ended has written down. */
    Optional<Pulled> complete() throws IOException {
        return read(path.resolve(RECORD));
    }

    /** A download that has not ended. */
    Optional<Pulled> begun() throws IOException {
        return read(work(BEGUN));
    }

    private static Optional<Pulled> read(Path file) throws IOException {
        return RegularFile.exists(file) ? Optional.of(Pulled.read(file)) : Optional.empty();
    }

    void begin(Pulled pulled) throws IOException {
        Files.createDirectories(path.resolve(WORK));
        pulled.write(work(BEGUN));
    }

    /** Gives a verified part its name. */
    void keep(String name) throws IOException {
        AtomicFile.rename(part(name), file(name));
        Files.deleteIfExists(etag(name));
    }

    void drop(String name) throws IOException {
        Files.deleteIfExists(part(name));
        Files.deleteIfExists(etag(name));
    }

    void end(Pulled pulled) throws IOException {
        pulled.write(path.resolve(RECORD));
        AtomicFolder.delete(path.resolve(WORK));
    }
}
