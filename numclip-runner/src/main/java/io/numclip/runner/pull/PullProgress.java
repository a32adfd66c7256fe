package io.numclip.runner.pull;

import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import java.util.Locale;

/** Shows how much has arrived: on a terminal in a line that moves, otherwise in a line every ten seconds. */
final class PullProgress {

    private static final long TERMINAL_NANOS = 250_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Console console;
    private long total;
    private long arrived;
    private long shown;

    PullProgress(Console console) {
        this.console = console;
    }

    /** @param bytes that are to come */
    void expect(long bytes) {
        total = bytes;
        arrived = 0;
        shown = System.nanoTime();
    }

    /** @param bytes that have come; fewer than none if they are fetched once more */
    void arrived(String file, long bytes) {
        arrived += bytes;
        long now = System.nanoTime();
        if (now - shown <= (console.terminal() ? TERMINAL_NANOS : LINE_NANOS)) {
            return;
        }
        shown = now;
        int percent = total == 0 ? 100 : (int) (100 * Math.max(0, arrived) / total);
        end();
        console.err().print(PlainText.printable("%s: %d %% of %s in all".formatted(file, percent, size(total))));
        console.err().print(console.terminal() ? "" : "\n");
        console.err().flush();
    }

    /** A line that stays. */
    void say(String line) {
        end();
        console.err().println(PlainText.printable(line));
        console.err().flush();
    }

    /** Takes the moving line away. */
    void end() {
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
