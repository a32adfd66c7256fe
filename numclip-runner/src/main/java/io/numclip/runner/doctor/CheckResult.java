package io.numclip.runner.doctor;

import java.util.Locale;

/**
 * What a check has found.
 *
 * @param about one or two words
 * @param found a sentence or two
 * @param fix what to do; empty if there is nothing to do
 */
record CheckResult(String about, Level verdict, String found, String fix) {

    static final long MEGABYTE = 1L << 20;

    enum Level {
        OK,
        /** It works, but not as well as it could. */
        WARNING,
        /** Something does not work. */
        PROBLEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CheckResult ok(String about, String found) {
        return new CheckResult(about, Level.OK, found, "");
    }

    static CheckResult warning(String about, String found, String fix) {
        return new CheckResult(about, Level.WARNING, found, fix);
    }

    static CheckResult problem(String about, String found, String fix) {
        return new CheckResult(about, Level.PROBLEM, found, fix);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
    }

    boolean is(Level other) {
        return verdict == other;
    }
}
