package io.numclip.dataset;

/** Why a row of a list cannot be used; the code that catches it adds the line. */
public final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadRowException(String reason) {
        super(reason);
    }
}
