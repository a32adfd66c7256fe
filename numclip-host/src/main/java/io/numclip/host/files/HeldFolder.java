package io.numclip.host.files;

import io.numclip.data.NumClipException;
import io.numclip.host.result.RunFolder;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

/** A run folder in which no other process writes as long as it is held. */
public record HeldFolder(RunFolder folder, FolderLock lock) implements AutoCloseable {

    /** The next free {@code runs/<task>-<number>} of the working directory. */
    public static HeldFolder next(String task) {
        return next(Path.of("runs"), task);
    }

    static HeldFolder next(Path runs, String task) {
        int number = 1;
        while (true) {
            RunFolder folder = new RunFolder(runs.resolve(task + "-" + number));
            try {
                return new HeldFolder(folder, FolderLock.takeNew(folder.path()));
            } catch (FileAlreadyExistsException taken) {
                number++; // of two processes, only one creates it
            } catch (IOException failure) {
                throw notCreated(folder.path(), failure);
            }
        }
    }

    /** A new folder; one that exists must be empty. */
    public static HeldFolder create(Path path) {
        HeldFolder held = hold(new RunFolder(path));
        try {
            if (AtomicFolder.isFree(path)) {
                return held;
            }
        } catch (IOException failure) {
            held.close();
            throw notCreated(path, failure);
        }
        held.close();
        throw new NumClipException(
                NumClipException.Kind.OUTPUT,
                path + " is not empty",
                "name another folder with --out, or resume the run in it with --resume " + path);
    }

    /** The folder of an earlier run. */
    public static HeldFolder resume(Path path) {
        RunFolder folder = RunFolder.open(path);
        folder.requireTraining();
        return hold(folder);
    }

    /** Puts in order what was being written when an earlier process was killed. */
    private static HeldFolder hold(RunFolder folder) {
        try {
            return recovered(new HeldFolder(folder, FolderLock.take(folder.path())));
        } catch (IOException failure) {
            throw notCreated(folder.path(), failure);
        }
    }

    private static HeldFolder recovered(HeldFolder held) throws IOException {
        try {
            for (Path below : List.of(held.folder.model(), held.folder.checkpoint())) {
                held.lock.recover(below.getFileName().toString());
            }
            return held;
        } catch (IOException | RuntimeException failure) {
            held.close();
            throw failure;
        }
    }

    private static NumClipException notCreated(Path path, IOException failure) {
        return new NumClipException(
                NumClipException.Kind.OUTPUT,
                path + " cannot be created (" + failure.getMessage() + ")",
                "name a writable folder with --out",
                failure);
    }

    @Override
    public void close() {
        lock.close();
    }
}
