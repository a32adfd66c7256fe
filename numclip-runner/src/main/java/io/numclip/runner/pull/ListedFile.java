package io.numclip.runner.pull;

import org.jspecify.annotations.Nullable;

/**
 * A file that the hub has.
 *
 * @param name with the folders above it
 * @param blobId its SHA-1 as git counts it; of a large file, that of the pointer to it
 * @param sha256 of a large file
 */
record ListedFile(
        String name, long bytes, String blobId, @Nullable String sha256) {

    /** Whether a name stays within a folder, on every system. */
    static boolean isPlain(String name) {
        if (name.length() > 1000
                || name.contains("\\")
                || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    boolean isInSubfolder() {
        return name.contains("/");
    }
}
