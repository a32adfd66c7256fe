package io.numclip.protocol;

import io.numclip.data.ImageSource;
import io.numclip.image.ImageFile;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What an image is made of: the bytes of its file, else the text that its source changes with its pixels. */
final class Contents {

    private static final int TAIL = 4096;

    private Contents() {}

    /** SHA-256: equal where the contents are. */
    static String hash(ImageSource source) throws IOException {
        return source instanceof ImageFile ? source.contentHash() : hash(source.fingerprint());
    }

    static String hash(String text) {
        return new Fingerprint().add(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /**
     * A text that is equal where the contents are, and mostly differs where they do: of a file its size and its last
     * bytes, which is one short read however large the file.
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
