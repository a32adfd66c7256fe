package io.numclip.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes, texts and files. */
public final class Fingerprint {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest sha256 = newSha256();

    public Fingerprint add(byte[] bytes) {
        sha256.update(bytes);
        return this;
    }

    /** Ends each text with a zero byte, so that different lists of texts differ. */
    public Fingerprint add(String text) {
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        return this;
    }

    /** @throws io.numclip.data.NumClipException if it is not a regular file */
    public Fingerprint add(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            return add(in);
        }
    }

    /** All of a stream. */
    public Fingerprint add(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sha256.update(buffer, 0, count);
        }
        return this;
    }

    public String hex() {
        return HexFormat.of().formatHex(digest());
    }

    /** @return 32 bytes */
    public byte[] digest() {
        return sha256.digest();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
