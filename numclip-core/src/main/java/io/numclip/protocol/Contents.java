package io.numclip.protocol;

import io.numclip.data.ImageSource;
import io.numclip.image.ImageFile;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The content of an image: the bytes of its file, the pixels of a drawing. */
final class Contents {

    private static final int TAIL = 4096;

    private Contents() {}

    /** SHA-256 of the content. */
    static String hash(ImageSource source) throws IOException {
        return source instanceof ImageFile file && file.region() == null
                ? source.contentHash()
                : hash(source.contentHash());
    }

    static String hash(String text) {
        return new Fingerprint().add(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /**
     * A text that is equal for equal contents and nearly always different for different ones: for a file, its size and
     * a hash of its last bytes, which takes one short read however large the file is.
     */
    static String glance(ImageSource source) throws IOException {
        return source instanceof ImageFile file ? glance(file.path()) : source.fingerprint();
    }

    private static String glance(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long size = file.length();
            byte[] tail = new byte[(int) Math.min(size, TAIL)];
            file.seek(size - tail.length);
            file.readFully(tail);
            return size + "|" + new Fingerprint().add(tail).hex();
        }
    }
}
