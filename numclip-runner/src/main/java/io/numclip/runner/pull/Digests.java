package io.numclip.runner.pull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the content of a file is known by. */
record Digests(long bytes, @JsonProperty(required = true) String sha256) {

    static Digests of(Path file) throws IOException {
        return new Digests(Files.size(file), new Fingerprint().add(file).hex());
    }

    /** The SHA-1 of a file as git counts it. */
    static String blobId(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
