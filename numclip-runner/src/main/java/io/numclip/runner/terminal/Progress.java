package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How far a command is: a line that moves on a terminal, elsewhere a line when nothing was said for half a minute. Between them
 * are lines that stay.
 */
public final class Progress implements AutoCloseable {

    private static final long MOVE_NANOS = 250_000_000L;
    private static final long SILENCE_NANOS = 30_000_000_000L;

    private final Console console;
    private final boolean quiet;
    private final LongSupplier time;
    private long shown;
    private boolean moving;

    /** @param quiet says only what matters to the result */
    public Progress(Console console, boolean quiet) {
        this(console, quiet, System::nanoTime);
    }

    /** @param time counts nanoseconds */
    Progress(Console console, boolean quiet, LongSupplier time) {
        this.console = console;
        this.quiet = quiet;
        this.time = time;
        this.shown = time.getAsLong();
    }

    /** @param place asked for only when it is shown */
    public void at(Supplier<String> place) {
        if (time.getAsLong() - shown >= (console.terminal() ? MOVE_NANOS : SILENCE_NANOS)) {
            show(place.get());
        }
    }

    /** Something new has begun, which a terminal shows at once. */
    public void begin(String place) {
        if (console.terminal()) {
            show(place);
        }
    }

    private void show(String place) {
        if (!console.terminal()) {
            say(place);
        } else if (!quiet) {
            console.overwrite(place);
            moving = true;
        }
        shown = time.getAsLong();
    }

    /** A line that stays. */
    public void say(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** A line that stays, also if the command is quiet. */
    public void warn(String line) {
        print("warning: " + line);
    }

    private void print(String line) {
        close();
        console.err().println(PlainText.printable(line));
        console.err().flush();
        shown = time.getAsLong();
    }

    /** Takes the moving line away. */
    @Override
    public void close() {
        if (moving) {
            console.overwrite("");
            moving = false;
        }
    }
}
