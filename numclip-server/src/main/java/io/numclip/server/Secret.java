package io.numclip.server;

import io.numclip.data.NumClipException;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/** A token that clients must know. It is never shown; comparing takes the same time for every wrong one. */
public final class Secret {

    private static final int SHORTEST = 16;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final String FIX = "make one with 'openssl rand -hex 32'";

    private final byte[] digest;

    private Secret(String token) {
        this.digest = digest(token);
    }

    /**
     * @param where the token was found, for the message
     * @throws NumClipException if it is shorter than 16 characters, or has others than visible ASCII
     */
    public static Secret of(String token, String where) {
        if (token.length() < SHORTEST) {
            throw wrong(where + ": the token has " + token.length() + " characters, expected at least " + SHORTEST);
        }
        if (!token.chars().allMatch(each -> each > ' ' && each < 127)) {
            throw wrong(where + ": the token has a space or a character that is not ASCII");
        }
        return new Secret(token);
    }

    /**
     * Reads the token from a file that nobody else can read.
     *
     * @throws NumClipException if others can read it, or nobody can tell, or it is no regular file
     */
    public static Secret read(Path file) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (rights == null) {
            throw new NumClipException(
                    NumClipException.Kind.NOT_PERMITTED,
                    file + ": this file system does not say who can read the token",
                    "give the token in the environment variable NUMCLIP_TOKEN");
        }
        if (!OWNER.containsAll(rights.readAttributes().permissions())) {
            throw new NumClipException(
                    NumClipException.Kind.NOT_PERMITTED, file + ": others can read the token", "chmod 600 " + file);
        }
        return of(RegularFile.text(file).strip(), file.toString());
    }

    /** Whether a client knows the token. */
    boolean isKnownBy(String given) {
        return MessageDigest.isEqual(digest, digest(given));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static NumClipException wrong(String message) {
        return new NumClipException(NumClipException.Kind.CONFIGURATION, message, FIX);
    }

    @Override
    public String toString() {
        return "***";
    }
}
