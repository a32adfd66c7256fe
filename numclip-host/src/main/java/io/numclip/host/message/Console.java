package io.numclip.host.message;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where output goes: results to {@link #out}, progress and errors to {@link #err}. Both escape what could control the
 * terminal. Results that cannot be written end the command; notices that cannot be written are lost.
 */
public final class Console {

    /** The launcher sets this system property if standard error is a terminal; Java alone cannot tell. */
    private static final String TERMINAL_PROPERTY = "numclip.terminal";

    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CUT_AT_THE_EDGE = "\u001b[?7l";
    private static final String WRAP_AT_THE_EDGE = "\u001b[?7h";

    private final PrintWriter styled;
    private final PrintWriter plainErr;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    /** @param terminal whether {@code err} is a terminal, so that a line may be overwritten */
    public Console(Writer out, Writer err, boolean terminal) {
        this.styled = new PrintWriter(out, true);
        this.plainErr = new PrintWriter(err, true);
        this.out = new PrintWriter(new PrintableWriter(out), true);
        this.err = new PrintWriter(new PrintableWriter(err), true);
        this.terminal = terminal;
    }

    /** Standard output and standard error. */
    public static Console system() {
        return new Console(
                new ResultWriter(new FileOutputStream(FileDescriptor.out)),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** Results as {@link #out}, for the program's own text in bold and colours: nothing is escaped. */
    public PrintWriter styled() {
        return styled;
    }

    public boolean terminal() {
        return terminal;
    }

    /** Writes a line over the last one of {@link #err}, without an end, as far as it fits; only for a terminal. */
    public void overwrite(String line) {
        plainErr.print(CLEAR_LINE + CUT_AT_THE_EDGE + PlainText.printable(line) + WRAP_AT_THE_EDGE);
        plainErr.flush();
    }
}
