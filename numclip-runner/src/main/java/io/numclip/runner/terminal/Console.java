package io.numclip.runner.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where output goes: results to {@code out}, progress and errors to {@code err}.
 *
 * @param terminal whether {@code err} is a terminal, so that a line may be overwritten
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal) {

    /** The launcher sets this system property if standard error is a terminal; Java alone cannot tell. */
    private static final String TERMINAL_PROPERTY = "numclip.terminal";

    public static Console system() {
        return new Console(writer(System.out), writer(System.err), Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
