package io.numclip.spark.job;

/** What becomes of an image that cannot be read; as in {@code numclip predict}. */
enum ErrorPolicy {
    /** It has a row that says why. */
    ROWS,
    /** It has no row. */
    SKIP,
    /** The job ends after the chunk with the first one, which is not kept. */
    FAIL
}
