package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/** Lists the files of a job, and of the folders in its folder, a chunk at a time: memory holds one chunk, not all. */
final class InputFiles {

    private static final long BYTES_OF_AN_IMAGE = 100_000; // for files that hold many

    private final InputKind kind;
    private final int images;
    private final FileSystem system;
    private final Deque<RemoteIterator<FileStatus>> folders = new ArrayDeque<>(); // the innermost first
    private long passedOver;

    /** @param images how many a chunk has, about */
    InputFiles(String input, InputKind kind, int images, Configuration settings) throws IOException {
        this.kind = kind;
        this.images = images;
        Path path = new Path(input);
        this.system = path.getFileSystem(settings);
        if (!system.exists(path)) {
            throw new NumClipException(
                    Kind.MISSING, input + ": there is no such folder or file", "check --input on the driver");
        }
        folders.push(system.listStatusIterator(path));
    }

    /** The next files; none at the end. */
    List<InputFile> next() throws IOException {
        List<InputFile> chunk = new ArrayList<>();
        long size = 0;
        for (FileStatus file = nextFile(); file != null; file = size < images ? nextFile() : null) {
            if (kind.isOne(file.getPath().getName())) {
                chunk.add(InputFile.of(file));
                size += kind == InputKind.IMAGES ? 1 : 1 + file.getLen() / BYTES_OF_AN_IMAGE;
            } else {
                passedOver++;
            }
        }
        return chunk;
    }

    /**
     * Not by {@code FileSystem.listFiles}, which asks for the owner of each file: on local file systems Hadoop starts a process for
     * that.
     */
    private @Nullable FileStatus nextFile() throws IOException {
        while (!folders.isEmpty()) {
            if (!folders.peek().hasNext()) {
                folders.pop();
                continue;
            }
            FileStatus each = folders.peek().next();
            if (isHidden(each.getPath().getName())) {
                continue;
            }
            if (!each.isDirectory()) {
                return each;
            }
            folders.push(system.listStatusIterator(each.getPath()));
        }
        return null;
    }

    /** Follows Spark's own readers: what a job has not finished lies in {@code _temporary}. */
    private static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }

    /** Files of other kinds. */
    long passedOver() {
        return passedOver;
    }
}
