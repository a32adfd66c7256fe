package io.numclip.host.files;

/** What becomes of an image that cannot be read. */
public enum ErrorPolicy {
    /** It has a row that says why. */
    ROWS,
    /** It has no row; a command says why. */
    SKIP,
    /** The command ends at the first one; a job after the chunk with it, which is not kept. */
    FAIL
}
