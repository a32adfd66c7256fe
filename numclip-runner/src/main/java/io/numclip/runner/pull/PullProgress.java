package io.numclip.runner.pull;

import io.numclip.host.run.PlainText;
import io.numclip.runner.terminal.Console;
import java.util.Locale;

/** Shows how much has arrived: on a terminal in a line that moves, otherwise in a line every ten seconds. */
final class PullProgress {

    private static final long TERMINAL_NANOS = 250_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Console console;
    private final long total;
    private long arrived;
    private long shown = System.nanoTime();

    /** @param total bytes that are to come */
    PullProgress(Console console, long total) {
        this.console = console;
        this.total = total;
    }

    /** @param bytes that have come; fewer than none if they are fetched once more */
    void arrived(String file, long bytes) {
        arrived += bytes;
        long now = System.nanoTime();
        if (now - shown > (console.terminal() ? TERMINAL_NANOS : LINE_NANOS)) {
            shown = now;
            int percent = total == 0 ? 100 : (int) (100 * Math.max(0, arrived) / total);
            show(String.format(Locale.ROOT, "%s: %d %% of %s in all", file, percent, size(total)));
        }
    }

    private void show(String text) {
        if (console.terminal()) {
            console.clearLine();
            console.err().print(PlainText.printable(text));
        } else {
            console.err().println(PlainText.printable(text));
        }
        console.err().flush();
    }

    /** A line that stays. */
    static void say(Console console, String line) {
        end(console);
        console.err().println(PlainText.printable(line));
        console.err().flush();
    }

    /** Takes the moving line away. */
    static void end(Console console) {
        if (console.terminal()) {
            console.clearLine();
        }
    }

    /** Such as {@code 605.2 MB}. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
