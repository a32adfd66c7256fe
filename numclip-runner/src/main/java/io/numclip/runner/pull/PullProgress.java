package io.numclip.runner.pull;

import io.numclip.runner.terminal.Progress;
import java.util.Locale;

/** How much of a model has arrived. */
final class PullProgress {

    private final Progress progress;
    private long total;
    private long arrived;

    PullProgress(Progress progress) {
        this.progress = progress;
    }

    /** @param bytes that are to come */
    void expect(long bytes) {
        total = bytes;
        arrived = 0;
    }

    /** @param bytes that have come; fewer than none if they are fetched once more */
    void arrived(String file, long bytes) {
        arrived += bytes;
        progress.at(() -> "%s: %d %% of %s in all"
                .formatted(file, total == 0 ? 100 : 100 * Math.max(0, arrived) / total, size(total)));
    }

    void say(String line) {
        progress.say(line);
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
