package io.numclip.spark.job;

import io.numclip.image.ImageNames;
import io.numclip.spark.ImageContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The images in a tar file, one after another: path, length, time of change, problem, content. The path is that of the tar, a
 * slash, and the name in it. What is too large is passed over without being read, and has a problem; so has a tar that ends early.
 */
final class TarImages implements FlatMapFunction<Row, Row> {

    private static final long serialVersionUID = 1L;
    private static final int BLOCK = 512;

    @Override
    public Iterator<Row> call(Row file) throws IOException {
        Path path = new Path(file.getString(0));
        Entries entries = new Entries(
                path.toString(),
                file.getLong(1),
                new TarArchiveInputStream(new BufferedInputStream(
                        path.getFileSystem(SparkHadoopUtil.get().conf()).open(path), 1 << 20)));
        TaskCompletionListener atItsEnd = ended -> entries.close();
        TaskContext.get().addTaskCompletionListener(atItsEnd);
        return entries;
    }

    private static final class Entries implements Iterator<Row> {

        private final String tar;
        private final long length;
        private final TarArchiveInputStream in;
        private @Nullable Row upcoming;
        private boolean ended;

        Entries(String tar, long length, TarArchiveInputStream in) {
            this.tar = tar;
            this.length = length;
            this.in = in;
        }

        @Override
        public boolean hasNext() {
            while (upcoming == null && !ended) {
                upcoming = read();
            }
            return upcoming != null;
        }

        @Override
        public Row next() {
            if (!hasNext() || upcoming == null) {
                throw new NoSuchElementException();
            }
            Row row = upcoming;
            upcoming = null;
            return row;
        }

        /** The next image; null for what is no image, and at the end. */
        private @Nullable Row read() {
            try {
                TarArchiveEntry entry = in.getNextEntry();
                if (entry == null) {
                    requireWhole();
                    ended = true;
                    return null;
                }
                return entry.isFile() && ImageNames.isImage(entry.getName()) ? image(entry) : null;
            } catch (IOException damaged) {
                ended = true;
                return RowFactory.create(tar, null, null, "the tar is damaged: " + damaged.getMessage(), null);
            }
        }

        /** Refuses a cut tar: the library takes a beginning of a header for its end. */
        private void requireWhole() throws IOException {
            if (length % BLOCK != 0) {
                throw new IOException("its length, " + length + " bytes, is no multiple of " + BLOCK);
            }
        }

        private Row image(TarArchiveEntry entry) throws IOException {
            boolean large = ImageContent.isTooLarge(entry.getSize());
            return RowFactory.create(
                    tar + "/" + entry.getName(),
                    entry.getSize(),
                    Timestamp.from(entry.getLastModifiedTime().toInstant()),
                    large ? ImageContent.tooLarge().problem() : null,
                    large ? null : whole(entry));
        }

        private byte[] whole(TarArchiveEntry entry) throws IOException {
            byte[] content = in.readNBytes((int) entry.getSize());
            if (content.length < entry.getSize()) {
                throw new IOException("it ends within " + entry.getName());
            }
            return content;
        }

        void close() {
            try {
                in.close();
            } catch (IOException alreadyRead) {
                ended = true;
            }
        }
    }
}
