package io.numclip.runner.terminal;

import java.util.Locale;

/** Times in words. */
public final class Durations {

    private Durations() {}

    /** Rounded, such as {@code 42 s}, {@code 5 min} or {@code 2.5 h}. */
    public static String words(double seconds) {
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        return seconds < 5_400
                ? Math.round(seconds / 60) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
