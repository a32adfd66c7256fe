package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the files of a job, and of the folders in its folder, a chunk at a time: memory holds one chunk, not all. */
final class InputFiles {

    private static final long BYTES_OF_AN_IMAGE = 100_000; // for files that hold many

    private final InputKind kind;
    private final Path root;
    private final RemoteIterator<LocatedFileStatus> files;
    private final int images;
    private long passedOver;

    /** @param images how many a chunk has, about */
    InputFiles(String input, InputKind kind, int images, Configuration settings) throws IOException {
        this.kind = kind;
        this.images = images;
        Path path = new Path(input);
        FileSystem system = path.getFileSystem(settings);
        try {
            this.root = system.makeQualified(path);
            this.files = system.listFiles(path, true);
        } catch (FileNotFoundException absent) {
            throw new NumClipException(
                    Kind.MISSING, input + ": there is no such folder or file", "check --input on the driver");
        }
    }

    /** Empty at the end. */
    List<InputFile> next() throws IOException {
        List<InputFile> chunk = new ArrayList<>();
        long size = 0;
        while (size < images && files.hasNext()) {
            FileStatus file = files.next();
            if (kind.isOne(file.getPath().getName()) && !isHidden(file.getPath())) {
                chunk.add(InputFile.of(file));
                size += kind == InputKind.IMAGES ? 1 : 1 + file.getLen() / BYTES_OF_AN_IMAGE;
            } else {
                passedOver++;
            }
        }
        return chunk;
    }

    /** As Spark's own readers: what a job has not finished lies in {@code _temporary}. */
    private boolean isHidden(Path file) {
        for (Path path = file; path != null && !path.equals(root); path = path.getParent()) {
            if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** Files of other kinds. */
    long passedOver() {
        return passedOver;
    }
}
