package io.numclip.host.message;

import io.numclip.data.NumClipException;

/** Exit codes of the program; those of {@code sysexits.h} where they fit. */
public final class ExitCodes {

    public static final int DONE = 0;
    /** Finished, but some items failed. */
    public static final int SOME_FAILED = 1;

    public static final int USAGE = 64;
    /** A plugin has ended Java; the code of {@link NumClipException.Kind#UNAVAILABLE}. */
    public static final int ENDED_BY_PLUGIN = 69;

    /** An error of the program itself. */
    public static final int BUG = 70;

    /** The machine cannot do it: memory, the stack or native code. */
    public static final int MACHINE = 71;

    /** Stopped by the user, as with Ctrl-C. */
    public static final int STOPPED = 130;

    /** Nobody reads the output any more; what a shell says of a program that a closed pipe has ended. */
    public static final int CLOSED_PIPE = 141;

    private ExitCodes() {}

    public static int of(NumClipException.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case DATA -> 65;
            case MISSING -> 66;
            case UNAVAILABLE -> 69;
            case OUTPUT -> 73;
            case IO -> 74;
            case BUSY -> 75;
            case NOT_PERMITTED -> 77;
            case CONFIGURATION -> 78;
            case DIVERGED -> 80;
        };
    }
}
