package io.numclip.data;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on: what, where, expected and found in the message, and how to fix it. The runner
 * prints both and ends with the exit code of the kind; no stack trace is shown.
 */
public final class NumClipException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is; the runner knows the exit code of each. */
    public enum Kind {
        /** The command line cannot be understood. */
        USAGE,
        /** Data, a model or an image is there, but wrong. */
        DATA,
        /** An input is not there. */
        MISSING,
        /** A device, a required plugin or a port cannot be had. */
        UNAVAILABLE,
        /** The output cannot be made. */
        OUTPUT,
        /** Reading or writing failed half-way. */
        IO,
        /** Somebody else holds a lock. */
        BUSY,
        /** Not trusted, or outside the folder that was named. */
        NOT_PERMITTED,
        /** The configuration is wrong. */
        CONFIGURATION,
        /** Training left the finite numbers. */
        DIVERGED
    }

    private final Kind kind;
    private final String fix;

    public NumClipException(Kind kind, String message, String fix) {
        this(kind, message, fix, null);
    }

    public NumClipException(Kind kind, String message, String fix, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.fix = fix;
    }

    /** The first line of what a failure says about itself; its class where it says nothing. */
    public static String firstLine(Throwable failure) {
        String message =
                failure.getMessage() == null ? "" : failure.getMessage().strip();
        return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence: what to do about it. */
    public String fix() {
        return fix;
    }
}
