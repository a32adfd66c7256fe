package io.numclip.dataset;

/** Why a row of a list cannot be used; its line is added by who catches it. */
public final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadRowException(String reason) {
        super(reason);
    }
}
