package io.numclip.host.message;

/** Nobody reads the output any more, as after {@code numclip … | head -1}. */
final class ClosedPipeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClosedPipeException(Throwable cause) {
        super("nobody reads the output any more", cause);
    }
}
