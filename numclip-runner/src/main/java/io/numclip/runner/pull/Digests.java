package io.numclip.runner.pull;

import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file is known by, in hex.
 *
 * @param blobId its SHA-1 as git counts it
 */
record Digests(long bytes, String blobId, String sha256) {

    private static final int BUFFER = 1 << 16;

    /** Reads the file once. */
    static Digests of(Path file) throws IOException {
        long bytes = Files.size(file);
        MessageDigest sha1 = digest("SHA-1");
        MessageDigest sha256 = digest("SHA-256");
        sha1.update(("blob " + bytes + "\0").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = RegularFile.open(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha1.update(buffer, 0, count);
                sha256.update(buffer, 0, count);
            }
        }
        return new Digests(bytes, hex(sha1), hex(sha256));
    }

    /** What differs from the hub's list; empty if nothing does. */
    String difference(ListedFile listed) {
        if (bytes != listed.bytes()) {
            return "expected %d bytes, found %s%d"
                    .formatted(listed.bytes(), bytes > listed.bytes() ? "at least " : "", bytes);
        }
        String sha256OfHub = listed.sha256();
        if (sha256OfHub != null) {
            return sha256OfHub.equals(sha256) ? "" : "expected the SHA-256 " + sha256OfHub + ", found " + sha256;
        }
        return blobId.equals(listed.blobId())
                ? ""
                : "expected the SHA-1 of git " + listed.blobId() + ", found " + blobId;
    }

    Pulled.Content content() {
        return new Pulled.Content(bytes, sha256);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
