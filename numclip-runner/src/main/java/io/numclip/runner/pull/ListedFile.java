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

    boolean isInSubfolder() {
        return name.contains("/");
    }
}
