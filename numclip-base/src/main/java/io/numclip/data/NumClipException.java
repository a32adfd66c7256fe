package io.numclip.data;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on: the message says what is wrong and where, what was expected and what was found;
 * {@link #fix} says what to do. The runner prints both and ends with the exit code of the kind, without a stack trace.
 */
public sealed class NumClipException extends RuntimeException permits EmptySplitException {

    private static final long serialVersionUID = 1L;

    /** The kind of a failure; the runner has an exit code for each. */
    public enum Kind {
        /** The command line cannot be understood. */
        USAGE,
        /** Data, a model or an image is present but wrong. */
        DATA,
        /** An input is missing. */
        MISSING,
        /** A device, a required plugin, a port or the network is not available. */
        UNAVAILABLE,
        /** The output cannot be created. */
        OUTPUT,
        /** Reading or writing failed half-way. */
        IO,
        /** Another process holds a lock, or a server asks to wait. */
        BUSY,
        /** Not trusted, or outside the folder that was named. */
        NOT_PERMITTED,
        /** The configuration is wrong. */
        CONFIGURATION,
        /** Training diverged: a loss became infinite or NaN. */
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

    /** The first line of a failure's message; the name of its class where it has none. */
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

    /** With the fix, which so stands in stack traces and logs. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is shown beside the fix
    public String toString() {
        return super.toString() + "; fix: " + fix;
    }
}
