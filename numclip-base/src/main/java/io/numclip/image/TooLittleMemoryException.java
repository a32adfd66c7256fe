package io.numclip.image;

import java.io.IOException;

/** An image needs more memory to be decoded than Java can give at the moment. */
public final class TooLittleMemoryException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLittleMemoryException(String message) {
        super(message);
    }

    /** Whether a failure is a lack of memory, here or anywhere else, or was caused by one. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError || cause instanceof TooLittleMemoryException) {
                return true;
            }
        }
        return false;
    }
}
