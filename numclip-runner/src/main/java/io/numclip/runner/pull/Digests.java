package io.numclip.runner.pull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the content of a file is known by. */
record Digests(long bytes, @JsonProperty(required = true) String sha256) {

    private static final int BUFFER = 1 << 16;

    static Digests of(Path file) throws IOException {
        return new Digests(Files.size(file), digest("SHA-256", "", file));
    }

    /** The SHA-1 of a file as git counts it. */
    static String blobId(Path file) throws IOException {
        return digest("SHA-1", "blob " + Files.size(file) + "\0", file);
    }

    private static String digest(String algorithm, String start, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = RegularFile.open(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(start.getBytes(StandardCharsets.US_ASCII));
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
