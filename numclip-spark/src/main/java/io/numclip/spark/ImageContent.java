package io.numclip.spark;

import io.numclip.data.ImageRegion;
import io.numclip.data.Region;
import io.numclip.storage.Limit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * The content of an image file, or why there is none. A file that is too large is not read.
 *
 * @param bytes null where there is a problem
 * @param problem in the words of {@code numclip predict}; null where there is none
 * @param region of the picture that is the image; null: the whole picture
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
public record ImageContent(
        byte @Nullable [] bytes,
        @Nullable String problem,
        @Nullable Region region) {

    private static final String TOO_MANY = "too many bytes";

    /** @param cell bytes, the path of a file on any file system that Spark knows, or null */
    public static ImageContent of(@Nullable Object cell) {
        if (cell instanceof byte[] content) {
            return isTooLarge(content.length) ? tooLarge() : whole(content);
        }
        return cell == null ? failed("there is no image") : ofFile(String.valueOf(cell));
    }

    private static ImageContent whole(byte[] content) {
        return new ImageContent(content, null, null);
    }

    static ImageContent failed(String problem) {
        return new ImageContent(null, problem, null);
    }

    /** @param fields that may name a region */
    ImageContent cut(Map<String, ?> fields) {
        try {
            return problem == null
                    ? new ImageContent(bytes, null, Region.read(fields).orElse(null))
                    : this;
        } catch (IllegalArgumentException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    /** As a model takes it. */
    Object image() {
        byte[] content = Objects.requireNonNull(bytes);
        return region == null ? content : new ImageRegion(content, region);
    }

    /** The content of an image of which only the size is known. */
    public static ImageContent tooLarge() {
        return failed(Limit.IMAGE_BYTES.exceededBy(TOO_MANY));
    }

    public static boolean isTooLarge(long bytes) {
        return bytes > Limit.IMAGE_BYTES.value();
    }

    private static ImageContent ofFile(String name) {
        try {
            Path path = new Path(name);
            Configuration settings = SparkHadoopUtil.get().conf();
            FileSystem files = path.getFileSystem(settings);
            return ofFile(files, files.getFileStatus(path));
        } catch (FileNotFoundException absent) {
            return failed("there is no such file");
        } catch (IOException | RuntimeException unreadable) { // the latter of a file system that is not ours
            return failed(Objects.requireNonNullElseGet(unreadable.getMessage(), unreadable::toString));
        }
    }

    /** A file without a length, such as one behind a web address, is never opened. */
    private static ImageContent ofFile(FileSystem files, FileStatus status) throws IOException {
        if (status.getLen() < 0) {
            return failed("its length is not known");
        }
        return isTooLarge(status.getLen()) ? tooLarge() : whole(read(files, status));
    }

    private static byte[] read(FileSystem files, FileStatus status) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(status.getLen())];
        try (FSDataInputStream in = files.open(status.getPath())) {
            in.readFully(bytes);
        }
        return bytes;
    }
}
