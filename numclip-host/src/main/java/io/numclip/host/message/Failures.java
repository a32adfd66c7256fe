package io.numclip.host.message;

import io.numclip.data.NumClipException;
import io.numclip.host.plugin.PluginFault;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Reports what went wrong and how to fix it; with a stack trace only if one was asked for. */
public class Failures {

    private final Console console;
    private final BooleanSupplier debug;
    private final UnaryOperator<Throwable> explained;

    /**
     * @param debug whether stack traces are asked for; known once the command line has been parsed
     * @param explained puts a failure into the words of the plugin that is to blame, see {@link PluginFault}
     */
    public Failures(Console console, BooleanSupplier debug, UnaryOperator<Throwable> explained) {
        this.console = console;
        this.debug = debug;
        this.explained = explained;
    }

    /** Failures that are shown without stack traces. */
    public Failures(Console console, UnaryOperator<Throwable> explained) {
        this(console, () -> false, explained);
    }

    /** @return the exit code */
    public int report(Throwable failure) {
        if (debug.getAsBoolean()) {
            failure.printStackTrace(console.err());
        }
        Diagnosis diagnosis = Diagnosis.of(explained.apply(failure));
        if (!diagnosis.fix().isEmpty()) {
            tell(diagnosis.what(), diagnosis.fix());
        } else if (!diagnosis.what().isEmpty()) {
            console.err().println(diagnosis.what());
        }
        console.err().flush();
        return diagnosis.exitCode();
    }

    /** What went wrong, for a row of a table. */
    public String inOneLine(Throwable failure) {
        return NumClipException.firstLine(explained.apply(failure));
    }

    /** Further lines, such as the other problems of a configuration, are indented like the first one. */
    private void tell(String what, String fix) {
        String start = "error: ";
        console.err().println(start + what.replace("\n", "\n" + " ".repeat(start.length())));
        console.err().println("  fix: " + fix);
    }
}
