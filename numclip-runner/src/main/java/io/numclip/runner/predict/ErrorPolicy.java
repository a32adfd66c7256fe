package io.numclip.runner.predict;

/** What becomes of an image that cannot be read. */
enum ErrorPolicy {
    /** It has a row that says why. */
    ROWS,
    /** It has no row; standard error says why. */
    SKIP,
    /** The command ends at the first one. */
    FAIL
}
